import { z } from 'zod';

/** A JSON-RPC message, of any kind. */
export const rpcMessage = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
});
export type RpcMessage = z.infer<typeof rpcMessage>;

const text = z.looseObject({ type: z.literal('text'), text: z.string() });
const resourceLink = z.looseObject({ type: z.literal('resource_link'), uri: z.string(), name: z.string() });

/** The result of a tool: one text, which may be an error, and after it one link at the most. */
const toolResult = z.looseObject({
  content: z.union([z.tuple([text]), z.tuple([text, resourceLink])]),
  isError: z.boolean().optional(),
  _meta: z.record(z.string(), z.unknown()).optional(),
});

/** A tool's result as a test looks at it. */
export type Told = { text: string; failed: boolean; meta: Record<string, unknown>; link?: z.infer<typeof resourceLink> };

export function told(result: unknown): Told {
  const { content, isError = false, _meta = {} } = toolResult.parse(result);
  const [first, link] = content;
  return { text: first.text, failed: isError, meta: _meta, ...(link === undefined ? {} : { link }) };
}

/** Those lines of an output that are no JSON-RPC messages. */
export const strayLines = (output: string): string[] =>
  output.split('\n').filter((line) => line !== '' && !rpcMessage.safeParse(parsed(line)).success);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Every JSON-RPC message in an output that is complete. */
export const messagesIn = (output: string): RpcMessage[] =>
  output
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const { data } = rpcMessage.safeParse(parsed(line));
      return data === undefined ? [] : [data];
    });
