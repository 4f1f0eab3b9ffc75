import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { createServer } from '../../src/server.ts';
import type { TOOLS } from '../../src/tools/index.ts';
import { CLIENT_INFO } from './eras.ts';

/** What a host is told of these tools before it calls any: their definitions and the instructions. */
export async function listedTools(offered: typeof TOOLS) {
  const server = await createServer({
    version: '0.0.0',
    tools: offered,
    engine: () => Promise.reject(new Error('No tool is called.')),
    onDefect: () => undefined,
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client(CLIENT_INFO);
  await Promise.all([server.connect(far), client.connect(near)]);
  const { tools } = await client.listTools();
  return { tools, instructions: client.getInstructions() ?? '' };
}
