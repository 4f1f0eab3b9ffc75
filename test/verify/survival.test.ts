import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { type Answer, userText } from '../../src/core/chat.ts';
import { failureIn, POLICY } from '../../src/core/errors.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { dialects } from '../support/dialects/index.ts';
import { answer } from '../support/reply.ts';
import { until } from '../support/until.ts';
import { startVendor } from '../support/vendor.ts';
import type { Fault } from './fault.ts';
import { FAULTS } from './faults.ts';
import { mixed } from './mixed.ts';
import { startRestartable } from './restartable.ts';

const CALLS = 5000;
const CONCURRENCY = 50;
const FAULT_PERCENT = 30;
const BOUND_MS = 240_000;
/** How long a silent vendor is waited for: longer than one that answers takes on a busy machine. */
const PATIENCE_MS = 4000;

/** Two endpoints of the user's own: the first as it is, the second for when it fails. */
function engineOf(first: string, second: string | undefined, more: Record<string, unknown> = {}): Engine {
  const endpoint = (url: string) => ({ base_url: `${url}/v1` });
  const text = JSON.stringify({
    providers: { 'custom-first': endpoint(first), ...(second === undefined ? {} : { 'custom-second': endpoint(second) }) },
    ...(second === undefined ? {} : { fallbacks: { default: ['custom-second/m'] } }),
    ...more,
  });
  return createEngine(parseConfig({ env: {}, files: [{ path: 'config.yaml', text, trusted: true }] }));
}

/** Asks the first endpoint; what is lost is told by its message. */
async function ask(engine: Engine, model: string, nth: number): Promise<Answer | string> {
  try {
    return await engine.call({ ask: { messages: [userText(`Call ${nth}`)] }, model: `custom-first/${model}` });
  } catch (error) {
    return failureIn(error)?.message ?? String(error);
  }
}

const lostOf = (came: readonly (Answer | string)[]): string[] => came.filter((one) => typeof one === 'string');

const servedBy = (came: readonly (Answer | string)[], provider: string): number =>
  came.filter((one) => typeof one !== 'string' && one.served.provider === provider).length;

/** Faults that another model can make good, and that neither have another address nor take long. */
const isPassing = ({ ends, place, name }: Fault): boolean =>
  ends !== 'answer' && POLICY[ends].advance === 'yes' && place === undefined && !/dripping|endless/.test(name);

// What is loaded at the first call is loaded before time is taken.
beforeAll(async () => {
  await using vendor = await startVendor(dialects['openai-chat']);
  vendor.always(answer());
  const engine = engineOf(vendor.url, undefined);
  await ask(engine, 'sim-1', 0);
  await engine.close();
});

describe(`${CALLS} calls, of which ${FAULT_PERCENT} in a hundred meet a fault`, () => {
  it.each([
    ['of one model, which is left alone for a while', () => 'sim-1'],
    ['of as many models, so that every one is asked', (nth: number) => `sim-${nth}`],
  ])('%s: none is lost', { timeout: BOUND_MS }, async (_, modelOf) => {
    await using first = await startVendor(dialects['openai-chat']);
    await using second = await startVendor(dialects['openai-chat']);
    const trouble = mixed(FAULTS.filter(isPassing), FAULT_PERCENT);
    first.always(trouble.content, { deliver: trouble.deliver });
    second.always(answer({ text: ['From the second.'] }));
    const engine = engineOf(first.url, second.url, {
      timeouts: { total_s: 120, first_byte_ms: PATIENCE_MS, idle_ms: PATIENCE_MS },
    });
    const limit = pLimit(CONCURRENCY);
    const came = await Promise.all(Array.from({ length: CALLS }, (__, nth) => limit(() => ask(engine, modelOf(nth), nth))));
    await engine.close();
    expect(lostOf(came)).toEqual([]);
    const [byFirst, bySecond] = [servedBy(came, 'custom-first'), servedBy(came, 'custom-second')];
    expect(byFirst + bySecond).toBe(CALLS);
    expect(trouble.failed()).toBeGreaterThan(0);
    process.stdout.write(
      `\n${CALLS} calls: ${byFirst} answered by the first, ${bySecond} by the second, ${trouble.failed()} faults in ${first.requests.length} requests\n`,
    );
  });
});

describe('a vendor that is killed and started again in the middle of 200 calls', () => {
  const COUNT = 200;
  const PIECES = Array.from('An answer in pieces.');

  it.each([
    ['another model to ask', true, {}],
    ['patience and nobody else', false, { retries: 8 }],
  ])('loses none of who has %s', { timeout: BOUND_MS }, async (_, hasSecond, more) => {
    await using first = await startRestartable(PIECES, 20);
    await using second = await startVendor(dialects['openai-chat']);
    second.always(answer({ text: PIECES }));
    const engine = engineOf(first.url, hasSecond ? second.url : undefined, more);
    const calling = Promise.all(Array.from({ length: COUNT }, (__, nth) => ask(engine, 'sim-1', nth)));
    await until(
      () => first.asked() === COUNT,
      () => `${COUNT} requests`,
    );
    const broken = await first.kill();
    await wait(200);
    await first.start();
    const came = await calling;
    await engine.close();
    expect(lostOf(came)).toEqual([]);
    expect(came.map((one) => (typeof one === 'string' ? one : one.text))).toEqual(came.map(() => PIECES.join('')));
    expect(broken).toBeGreaterThan(0);
    process.stdout.write(
      `\n${broken} of ${COUNT} answers were broken off: ${servedBy(came, 'custom-first')} came from the vendor again, ${servedBy(came, 'custom-second')} from the second\n`,
    );
  });
});
