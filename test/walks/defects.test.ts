import { describe, expect, it } from 'vitest';
import { ERAS } from '../support/eras.ts';
import { makeHome } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';

/** An environment in which this code runs before the program does, so that something in it goes wrong. */
const sabotaged = (code: string) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` });

const OUTSIDE = {
  'an exception that nobody catches': 'setTimeout(() => { throw new Error("unforeseen") }, 300)',
  'a rejection that nobody handles': 'setTimeout(() => void Promise.reject(new Error("unforeseen")), 300)',
};

/** The first number that is written for a reader throws. */
const INSIDE = `
  const { toLocaleString } = Number.prototype;
  Number.prototype.toLocaleString = () => {
    Number.prototype.toLocaleString = toLocaleString;
    throw new TypeError("unforeseen");
  };`;

describe.each(Object.entries(OUTSIDE))('%s', { concurrent: true }, (_, code) => {
  it('is written to stderr, and the server goes on', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using client = await openLines({ home, vars: { ...openAIVars(vendor), ...sabotaged(code) } });
    await client.told(/defect: Error: unforeseen/);
    expect(await client.call('call_model', { model: MODEL, prompt: 'Hi' })).toMatchObject({ failed: false });
  });
});

describe.each(ERAS)('a defect in a call, %s', { concurrent: true }, (era) => {
  it('is told without its details, which are written to stderr, and the next call works', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using client = await openLines({ home, vars: { ...openAIVars(vendor), ...sabotaged(INSIDE) } }, era);
    const call = () => client.call('call_model', { model: MODEL, prompt: 'Hi' });
    const told = await call();
    expect(told).toMatchObject({ failed: true, text: expect.stringContaining('a defect of its own') });
    expect(JSON.stringify(told)).not.toContain('unforeseen');
    expect(client.stderr()).toContain('defect: TypeError: unforeseen');
    expect(await call()).toMatchObject({ failed: false });
  });
});
