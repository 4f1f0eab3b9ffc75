import type { Ask, Note } from '../core/chat.ts';
import { openThread, type Thread } from '../engine/memory.ts';
import type { Target } from '../engine/models/resolving.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import type { ToolContext } from './define.ts';
import { accountOf, cleanerFor } from './earlier.ts';
import { type Material, materialFor } from './material.ts';
import { type Asking, toAsk } from './params.ts';

/** A call that is ready to be made: everything that goes along was read, and the conversation recalled. */
export type Ready = {
  ask: Ask;
  /** The models that it was prepared for. */
  targets: readonly Target[];
  timeoutMs: number | undefined;
  material: Material;
  thread?: Thread;
  notes: readonly Note[];
};

/** Files of an agent go along with every call of it: by file, whose it is. */
const bringersOf = (targets: readonly Target[]): Map<string, string> =>
  new Map(targets.flatMap(({ agent }) => (agent?.files ?? []).map((file) => [file, agent?.name ?? ''])));

/** The conversation that a call belongs to; `dry`: it is only looked at. `maxCostUsd`: the ceiling of the call, in dollars. */
type Belonging = { threadId?: string | undefined; dry?: boolean | undefined; maxCostUsd?: number | undefined };

/** Reads what goes along with a call to these models, and recalls the conversation that it belongs to. */
export async function prepare(
  args: Asking,
  context: ToolContext,
  targets: readonly Target[],
  { threadId, dry = false, maxCostUsd }: Belonging = {},
): Promise<Ready> {
  const { engine, owner = '', progress: _progress, ...caller } = context;
  const asked = toAsk(args);
  const room = await engine.room(asked, targets);
  const bringers = bringersOf(targets);
  const wanted = {
    files: [...bringers.keys(), ...(args.files ?? [])],
    bringers,
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
  if (threadId === undefined) return { ask: { ...base, messages: [message] }, targets, timeoutMs, material, notes: [] };
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
    maxCostUsd,
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
  return { ask, targets, timeoutMs: leftMs, material: all, thread, notes: thread.notes };
}
