import type { Wanted } from '../context/gather.ts';
import type { Ask, Note } from '../core/chat.ts';
import { deadline } from '../core/deadline.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { openThread, type Thread } from '../engine/memory.ts';
import type { Target } from '../engine/models/resolving.ts';
import type { Room } from '../engine/models/room.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import { callerOf, type ToolContext } from './define.ts';
import { accountOf, cleanerFor } from './earlier.ts';
import { type Material, materialFor } from './material.ts';
import { type Asking, toAsk } from './params.ts';

/** A call that is ready to be made: everything that goes along was read, and the conversation recalled. */
export type Ready = {
  ask: Ask;
  /** The models that it was prepared for. */
  targets: readonly Target[];
  timeoutMs: number | undefined;
  /** When the call began, by `performance.now()`. */
  begunAt: number;
  material: Material;
  thread?: Thread;
  notes: readonly Note[];
};

/** Files of an agent go along with every call of it: by file, whose it is. */
const bringersOf = (targets: readonly Target[]): Map<string, string> =>
  new Map(targets.flatMap(({ agent }) => (agent?.files ?? []).map((file) => [file, agent?.name ?? ''])));

/** The conversation that a call belongs to; `dry`: it is only looked at. `maxCostUsd`: the ceiling of the call, in dollars. */
type Belonging = { threadId?: string | undefined; dry?: boolean | undefined; maxCostUsd?: number | undefined };

/** A call with all that goes along with it, and what is left of the room for its conversation. */
type Packed = { ready: Ready; roomLeft: () => Room };

const readTooLong = (within: string): Failure =>
  new Failure(
    'timeout',
    `What goes along with the call was not read within ${within}, so nobody was asked: name fewer files or a narrower pattern, or allow more time with timeout_s`,
    { remedied: true },
  );

/** Reads what goes along, as long as the whole call may take and nobody cancels it. */
async function readInTime(
  asked: Ask,
  wanted: Wanted,
  room: Room,
  { context, timeoutMs, begunAt }: { context: ToolContext; timeoutMs: number | undefined; begunAt: number },
): Promise<Material> {
  const totalMs = Math.min(timeoutMs ?? Infinity, context.engine.config.timeouts.totalMs);
  const limit = deadline({ totalMs, spentMs: performance.now() - begunAt, late: readTooLong }, [context.signal]);
  try {
    return await materialFor(asked, wanted, room, { ...context, signal: limit.signal });
  } finally {
    limit.end();
  }
}

/** Reads what goes along with a call to these models. */
async function withMaterial(args: Asking, context: ToolContext, targets: readonly Target[]): Promise<Packed> {
  const { engine, begunAt = performance.now() } = context;
  const asked = toAsk(args);
  const room = await engine.room(asked, targets);
  const bringers = bringersOf(targets);
  const wanted = {
    files: [...bringers.keys(), ...(args.files ?? [])],
    bringers,
    images: args.images ?? [],
    ...defined({ gitDiff: args.git_diff }),
  };
  const timeoutMs = args.timeout_s === undefined ? undefined : args.timeout_s * 1000;
  const material = await readInTime(asked, wanted, room, { context, timeoutMs, begunAt });
  const { message, system, schema } = material;
  const messages = [message];
  const thinkingSummary = engine.config.thinkingSummary || undefined;
  const ask: Ask = { ...asked, messages, ...defined({ system, schema, thinkingSummary }) };
  return {
    ready: { ask, targets, timeoutMs, begunAt, material, notes: [] },
    roomLeft() {
      // What goes along takes from the room of the conversation, images among it.
      const along = estimateTokens({ messages }) - estimateTokens({ messages: asked.messages });
      return { ...room, tokens: Math.max(0, room.tokens - along) };
    },
  };
}

/** The call as a turn of its conversation, which is recalled as far as it fits. */
async function inThread(
  { ready, roomLeft }: Packed,
  belonging: Belonging & { threadId: string },
  context: ToolContext,
): Promise<Ready> {
  const { engine, owner = '' } = context;
  const { ask, timeoutMs, material } = ready;
  const { clean, redacted } = await cleanerFor(engine.config.files.onSecret, context.signal);
  const opening = {
    ...belonging,
    dry: belonging.dry ?? false,
    clean,
    owner,
    system: material.system,
    room: roomLeft(),
    // Summing up is part of the call, and leaves it half of its time.
    ...(timeoutMs === undefined ? {} : { timeoutMs: timeoutMs / 2 }),
  };
  const thread = await openThread(engine, opening, callerOf(context));
  const messages = [...thread.earlier.map((one) => one.message), ...ask.messages];
  const earlier = await accountOf(thread.earlier);
  return {
    ...ready,
    ask: { ...ask, messages, ...defined({ system: thread.system }) },
    material: { ...material, redacted: [...material.redacted, ...redacted], ...(earlier && { earlier }) },
    thread,
    notes: thread.notes,
  };
}

/** Reads what goes along with a call to these models, and recalls the conversation that it belongs to. */
export async function prepare(
  args: Asking,
  context: ToolContext,
  targets: readonly Target[],
  { threadId, ...belonging }: Belonging = {},
): Promise<Ready> {
  const packed = await withMaterial(args, context, targets);
  return threadId === undefined ? packed.ready : inThread(packed, { ...belonging, threadId }, context);
}
