import type { Ask, Note } from '../core/chat.ts';
import { estimateTokens } from '../engine/estimate.ts';
import { openThread, type Thread } from '../engine/memory.ts';
import type { Target } from '../engine/known.ts';
import type { ToolContext } from './define.ts';
import { accountOf, cleanerFor } from './earlier.ts';
import { type Material, materialFor } from './material.ts';
import { type Asking, toAsk } from './params.ts';

/** A call that is ready to be made: everything that goes along was read, and the conversation recalled. */
export type Ready = {
  ask: Ask;
  timeoutMs: number | undefined;
  material: Material;
  thread?: Thread;
  notes: readonly Note[];
};

/** Files of an agent go along with every call of it. */
const filesOf = (targets: readonly Target[]): readonly string[] => targets.flatMap(({ agent }) => agent?.files ?? []);

/** The conversation that a call belongs to; `dry`: it is only looked at. */
type Belonging = { threadId?: string | undefined; dry?: boolean | undefined };

/** Reads what goes along with a call to these models, and recalls the conversation that it belongs to. */
export async function prepare(
  args: Asking,
  context: ToolContext,
  targets: readonly Target[],
  { threadId, dry = false }: Belonging = {},
): Promise<Ready> {
  const { engine, owner = '', progress: _progress, ...caller } = context;
  const asked = toAsk(args);
  const room = await engine.room(asked, targets);
  const wanted = {
    files: [...filesOf(targets), ...(args.files ?? [])],
    ...(args.git_diff === undefined ? {} : { gitDiff: args.git_diff }),
    images: args.images ?? [],
  };
  const material = await materialFor(asked, wanted, room, context);
  const { message, system, schema } = material;
  const timeoutMs = args.timeout_s === undefined ? undefined : args.timeout_s * 1000;
  const base: Ask = {
    ...asked,
    ...(system === undefined ? {} : { system }),
    ...(schema === undefined ? {} : { schema }),
    ...(engine.config.thinkingSummary ? { thinkingSummary: true } : {}),
  };
  if (threadId === undefined) return { ask: { ...base, messages: [message] }, timeoutMs, material, notes: [] };
  // What goes along takes from the room of the conversation, images among it.
  const along = estimateTokens({ messages: [message] }) - estimateTokens({ messages: asked.messages });
  const { clean, redacted } = await cleanerFor(engine.config.files.onSecret);
  const opening = {
    clean,
    threadId,
    owner,
    system,
    room: { ...room, tokens: Math.max(0, room.tokens - along) },
    dry,
    // Summing up is part of the call, and leaves it half of its time.
    ...(timeoutMs === undefined ? {} : { timeoutMs: timeoutMs / 2 }),
  };
  const begun = performance.now();
  const thread = await openThread(engine, opening, caller);
  const leftMs = timeoutMs === undefined ? undefined : Math.ceil(timeoutMs - (performance.now() - begun));
  const before = thread.earlier.map((one) => one.message);
  const ask = { ...base, messages: [...before, message], ...(thread.system === undefined ? {} : { system: thread.system }) };
  const earlier = await accountOf(thread.earlier);
  const all = { ...material, redacted: [...material.redacted, ...redacted], ...(earlier && { earlier }) };
  return { ask, timeoutMs: leftMs, material: all, thread, notes: thread.notes };
}
