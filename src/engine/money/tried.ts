import { type ModelRef, refText } from '../../core/chat.ts';
import type { Purpose } from './ticket.ts';

/** The models that each call has tried so far: a call's purpose lives as long as the call does. */
const tried = new WeakMap<Purpose, Set<string>>();

export const isTried = (target: ModelRef, purpose: Purpose): boolean => tried.get(purpose)?.has(refText(target)) ?? false;

export function noteTry(target: ModelRef, purpose: Purpose): void {
  const models = tried.get(purpose) ?? new Set();
  tried.set(purpose, models.add(refText(target)));
}
