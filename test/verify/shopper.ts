import { writeSync } from 'node:fs';
import pLimit from 'p-limit';
import { userText } from '../../src/core/chat.ts';
import { failureIn } from '../../src/core/errors.ts';
import { MOST_TOKENS, openShop } from './spree.ts';

/** A process of its own: `shopper.ts <home> <url> <cap in dollars> <name> <calls>`. */
const [home = '', url = '', cap = '', session = '', calls = ''] = process.argv.slice(2);

const AT_A_TIME = 4;

const engine = openShop(home, url, Number(cap));
// What was said is said, whatever becomes of the process.
const say = (text: string): void => void writeSync(1, `${text}\n`);
const limit = pLimit(AT_A_TIME);

async function buy(nth: number): Promise<void> {
  try {
    const ask = { messages: [userText(`Call ${nth} of ${session}`)], maxTokens: MOST_TOKENS };
    const { cost, notes } = await engine.call({ ask, model: 'custom-a/sim-1' }, { session });
    const unkept = notes.find(({ param }) => param === 'record of this call');
    say(unkept === undefined ? `paid ${cost.nanoUsd}` : `not kept: ${unkept.why}`);
  } catch (error) {
    const failure = failureIn(error);
    say(failure?.kind === 'budget' ? 'refused' : `failed: ${failure?.message ?? String(error)}`);
  }
}

await Promise.all(Array.from({ length: Number(calls) }, (_, nth) => limit(() => buy(nth))));
await engine.close();
say('done');
