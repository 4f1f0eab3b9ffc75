import { afterAll, beforeAll, expect, it } from 'vitest';
import { DOORS, type News } from '../support/clients.ts';
import type { Delivery } from '../support/delivery.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';

/** Longer than two reports of progress are apart. */
const SILENCE_MS = 11_000;

/** Sends the thinking, falls silent, and then sends the rest. */
const thinksInSilence: Delivery = function* ({ pieces }) {
  const all = [...pieces];
  yield 'head';
  yield* all.slice(0, 4);
  yield { pauseMs: SILENCE_MS };
  yield* all.slice(4);
  yield 'end';
};

let home: Home;
let vendor: Vendor;

beforeAll(async () => {
  [home, vendor] = await Promise.all([makeHome(), startOpenAI()]);
});
afterAll(async () => {
  await vendor.close();
  await home[Symbol.asyncDispose]();
});

it.each(DOORS.slice(0, 2))('$name hears who is thinking, by the clock of the call, while nothing comes', async ({ open }) => {
  await using client = await open({ home, vars: openAIVars(vendor) });
  vendor.always(answer({ thinking: ['Let me think ', 'about it.'], text: ['Yes.'] }), { deliver: thinksInSilence });
  const news: News[] = [];
  await client.call('call_model', { model: MODEL, prompt: 'Is it?' }, { onprogress: (one) => void news.push(one) });
  expect(news.length).toBeGreaterThanOrEqual(3);
  const seconds = news.slice(1).map(({ message = '' }) => {
    expect(message).toMatch(/^openai\/sim-1: thinking(?:, \d+ tokens?)?, [\d.]+ s$/);
    return Number(/([\d.]+) s$/.exec(message)?.[1]);
  });
  expect(seconds.map((one) => Math.round(one / 5))).toEqual(seconds.map((_, at) => at + 1));
});
