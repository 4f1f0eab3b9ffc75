import type { Config } from '../config/config.ts';
import type { Ask, ModelRef } from '../core/chat.ts';
import type { Progress } from './attempt/attempt.ts';
import type { Target } from './models/resolving.ts';
import type { Origin } from './money/purpose.ts';
import type { Purpose, Ticket } from './money/ticket.ts';
import type { Wish } from './plan/intent.ts';
import type { Plan } from './plan/plan.ts';

/** What was chosen for the caller, best first, and for which task: any of these may answer. */
type Choice = { targets: readonly Target[]; task?: string };

export type CallRequest = {
  ask: Ask;
  /** As the user wrote it; absent: the default. */
  model?: string | undefined;
  /** In place of a model. */
  choice?: Choice | undefined;
  /** Milliseconds for the whole call; absent: the configured limit, which is also the most. */
  timeoutMs?: number | undefined;
  /** When the call began, by `performance.now()`, where reading what goes along came first; absent: now. */
  begunAt?: number | undefined;
  /** Dollars for the whole call; absent: only the budgets count. */
  maxCostUsd?: number | undefined;
};

/** A request understood: what it asks for, and who would be asked. */
export type Prepared = { wish: Wish; plan: Plan };

/** Who asks: the signal that cancels, the ear for progress, and the family of the host's own model where it is known. */
export type Caller = Origin & {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  hostFamily?: string | undefined;
};

/** What a plan is carried out with. */
export type RunContext = {
  purpose: Purpose;
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  /** Takes the hold made for this model's first attempt; undefined the second time. */
  ticket?: (target: ModelRef) => Ticket | undefined;
};

/** How long after a call's last moment its holds still count, in milliseconds. */
export const GRACE_MS = 60_000;

/** Milliseconds that a call may take. */
export const limitOf = ({ timeoutMs }: CallRequest, { timeouts }: Config): number =>
  Math.min(timeoutMs ?? Infinity, timeouts.totalMs);
