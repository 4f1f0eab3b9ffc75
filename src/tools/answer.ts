import { type Answer, refText } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { failureIn } from '../core/errors.ts';
import type { CallRequest } from '../engine/request.ts';
import { callerOf, type ToolContext, type ToolResult } from './define.ts';
import type { Ready } from './prepare.ts';
import { progressText } from './progress.ts';
import { askedOf, renderAnswer } from './render/answer.ts';
import { materialText, sentTo } from './render/material.ts';

/** Makes a call that is ready, keeps the turn in its conversation, and renders the answer with the account of what was sent. */
export async function answerTo(
  { ask, targets, timeoutMs, begunAt, material, thread, notes }: Ready,
  how: Pick<CallRequest, 'model' | 'choice' | 'maxCostUsd'>,
  context: ToolContext,
  because?: string,
): Promise<ToolResult> {
  const { engine, progress } = context;
  const report = progress && ((news: Parameters<typeof progressText>[0]) => progress(progressText(news)));
  const { why, ...answer } = await engine
    .call({ ask, timeoutMs, begunAt, ...how }, { ...callerOf(context), progress: report })
    .catch((error: unknown) => {
      const failure = failureIn(error);
      throw failure?.with({ along: materialText(material, sentTo(failure.facts.attempts)) }) ?? error;
    });
  const wanted = refText(askedOf(answer));
  const agent = targets.find((target) => refText(target) === wanted)?.agent?.name;
  const by = { model: refText(answer.served), asked: wanted, ...defined({ agent }) };
  const remembered = (await thread?.remember(material.message, answer.text, by)) ?? [];
  const told: Answer = { ...answer, notes: [...notes, ...answer.notes, ...remembered] };
  // Why the first was chosen says nothing of who stood in for it: the Note on that does.
  const stoodIn = answer.notes.some(({ param, asked, sent }) => param === 'model' && asked !== sent);
  const reason = stoodIn ? undefined : (because ?? why);
  return renderAnswer(told, {
    material,
    thinking: engine.config.thinkingSummary,
    ...defined({ why: reason, threadId: thread?.id }),
  });
}
