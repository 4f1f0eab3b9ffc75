import { refText } from '../core/chat.ts';
import { count, duration } from '../core/text.ts';
import type { Progress } from '../engine/engine.ts';

/** `openai/gpt-6.1-sol · 1,240 tokens · 12 s`, or that it is waited for. */
export const progressText = (progress: Progress): string =>
  progress.waitMs === undefined
    ? `${refText(progress)} · ${count(progress.tokens)} tokens · ${duration(progress.elapsedMs)}`
    : `${refText(progress)} · waiting ${duration(progress.waitMs)} before it is asked again`;

/** One line for several calls at once: how many have begun to answer, and what came so far. */
export function joinedProgress(asked: number, tell: (line: string) => void): (progress: Progress) => void {
  const latest = new Map<string, Progress>();
  return (progress) => {
    // Who is waited for has not begun to answer.
    if (progress.waitMs !== undefined) return;
    latest.set(refText(progress), progress);
    const tokens = [...latest.values()].reduce((sum, one) => sum + one.tokens, 0);
    tell(`${latest.size} of ${asked} models answering · ${count(tokens)} tokens · ${duration(progress.elapsedMs)}`);
  };
}
