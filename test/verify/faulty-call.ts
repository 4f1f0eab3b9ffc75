import { parseConfig } from '../../src/config/config.ts';
import { type Answer, type Ask, userText } from '../../src/core/chat.ts';
import { type Failure, failureIn } from '../../src/core/errors.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Row } from '../contract/rows.ts';
import { dialects } from '../support/dialects/index.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Fault } from './fault.ts';

/** The model that is well, and what it says. */
export const HEALTHY = 'custom-healthy/m';
export const HEALTHY_SAYS = 'The other one speaking.';

/** What came of a call, and how often the healthy model was asked. */
export type Ended = { answer?: Answer; failure?: Failure; healthyAsked: number; ms: number };

/** Which chains of the config name the healthy model. */
export type Chains = { [chain in 'default' | 'too_long' | 'refused']?: readonly string[] };

const ASK: Ask = { messages: [userText('How are you?')], temperature: 0.5 };
const KEY = 'sekret-of-the-user-0123456789';

/** Milliseconds for a whole call. */
export const DEADLINE_MS = 15_000;

async function ended(calling: Promise<Answer>): Promise<Pick<Ended, 'answer' | 'failure'>> {
  try {
    return { answer: await calling };
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    return { failure };
  }
}

/** Calls the row's model while the fault lasts, with a healthy model in these chains. */
export async function callUnder(
  { content = answer(), deliver, place, patience }: Fault,
  row: Row,
  chains: Chains = {},
): Promise<Ended> {
  await using vendor = await startVendor(row.dialect);
  await using healthy = await startVendor(dialects['openai-chat']);
  vendor.always(content, deliver === undefined ? {} : { deliver });
  healthy.always(answer({ text: [HEALTHY_SAYS] }));
  await using somewhere = await place?.(vendor.url);
  const text = JSON.stringify({
    providers: { 'custom-healthy': { base_url: `${healthy.url}/v1` } },
    fallbacks: chains,
    retries: 0,
    timeouts: {
      total_s: DEADLINE_MS / 1000,
      first_byte_ms: patience?.firstByteMs ?? 10_000,
      idle_ms: patience?.idleMs ?? 10_000,
    },
  });
  const env = { ...row.env(somewhere?.url ?? vendor.url, KEY), ...somewhere?.env };
  const engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] }));
  const started = performance.now();
  try {
    const came = await ended(engine.call({ ask: ASK, model: `${row.provider.id}/sim-1` }));
    return { ...came, healthyAsked: healthy.requests.length, ms: performance.now() - started };
  } finally {
    await engine.close();
  }
}
