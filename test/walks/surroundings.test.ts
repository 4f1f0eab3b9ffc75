import { describe, expect, it } from 'vitest';
import { openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import { startOddly } from './start-oddly.ts';
import { SURROUNDINGS } from './surroundings.ts';

describe('whatever a user’s machine is like', () => {
  it.each(SURROUNDINGS)('$name: a command and a server answer, or say in a sentence what is wrong', async (surroundings) => {
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const { command, server } = await startOddly(surroundings, openAIVars(vendor));
    // Answered, or a failure with a code of its own: the command ended by itself.
    expect([0, 1, 2, 3]).toContain(command.code);
    expect(server.code).toBe(0);
    for (const id of [1, 2, 3]) expect(server.stdout).toContain(`"id":${id}`);
    for (const said of [command.stdout, command.stderr, server.stdout, server.stderr]) {
      expect(said).not.toMatch(/defect|\bat \S+ \(?(?:file|node):|UnhandledPromise/);
      expect(said).not.toContain('function Object()');
    }
    if (command.code !== 0) expect(command.stderr).toMatch(/^.{10,}$/m);
  });
});
