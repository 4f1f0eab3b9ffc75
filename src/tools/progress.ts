import { refText } from '../core/chat.ts';
import { count, duration, plural } from '../core/text.ts';
import type { Progress } from '../engine/engine.ts';

/** The words for what a model is doing. */
const DOING: Readonly<Record<Progress['doing'], string>> = {
  asked: 'asked, no word yet',
  thinking: 'thinking',
  writing: 'writing',
  answered: 'answered',
  waiting: 'waiting',
};

/** `openai/gpt-6.1-sol: thinking, 1,240 tokens`. Whoever shows it adds the time that the call has taken. */
export function progressText({ doing, tokens, waitMs, ...model }: Progress): string {
  if (waitMs !== undefined) return `${refText(model)}: waiting ${duration(waitMs)} until it may be asked again`;
  const amount = tokens === 0 ? '' : `${doing === 'writing' ? ' ' : ', '}${plural(tokens, 'token')}`;
  return `${refText(model)}: ${DOING[doing]}${amount}`;
}

/** Joins the progress of several calls in one line: how many have answered, and what came so far. */
export function joinProgress(asked: number, tell: (line: string) => void): (progress: Progress) => void {
  const latest = new Map<string, Progress>();
  return (progress) => {
    latest.set(refText(progress), progress);
    const all = [...latest.values()];
    const tokens = all.reduce((sum, one) => sum + one.tokens, 0);
    const answered = all.filter(({ doing }) => doing === 'answered').length;
    const waiting = all.filter(({ doing }) => doing !== 'answered').map(progressText);
    tell([`${answered} of ${asked} answered`, ...waiting, `${count(tokens)} tokens in all`].join(' · '));
  };
}
