import { parseConfig } from '../../src/config/config.ts';
import { type Answer, userText } from '../../src/core/chat.ts';
import { type Failure, failureIn } from '../../src/core/errors.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WireId } from '../../src/wires/wire.ts';
import { customRow, type Row, ROWS } from '../contract/rows.ts';
import { asWritten, type Delivery } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { eventStream } from '../support/event-stream.ts';
import type { Content } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Recorded, ReplayRow } from './replay-row.ts';

/** What came of one row. */
export type Played = { answer?: Answer; failure?: Failure; asks: number };

const MODEL = 'sim-1';
const KEY = 'sekret-of-the-user-0123456789';

/** Milliseconds for a call, and within it for silence: far above what any row takes. */
const PATIENCE = { total_s: 20, first_byte_ms: 10_000, idle_ms: 10_000 };

/** Where each wire has its root at an endpoint of the user's own. */
const PATHS: Record<WireId, string> = {
  'openai-chat': '/v1',
  'openai-responses': '/v1',
  'anthropic-messages': '/v1',
  'google-generate': '/v1beta',
  'bedrock-converse': '',
};

/** The same provider, told in the config to speak another wire. */
const speaking = (row: Row | undefined, wire: WireId | undefined): Row | undefined =>
  row && wire && { ...row, wire, dialect: dialects[wire], settings: { ...row.settings, wire } };

/** The way to the provider of a row. */
export function wayTo({ provider, wire, what }: ReplayRow): Row {
  if (provider === 'custom') return customRow('box', wire ?? 'openai-chat', PATHS[wire ?? 'openai-chat']);
  const own = ROWS.filter((row) => row.provider.id === provider);
  const found = own.find((row) => wire === undefined || row.wire === wire) ?? speaking(own[0], wire);
  if (found === undefined) throw new Error(`There is no provider ${provider} with wire ${wire ?? 'of its own'} for: ${what}`);
  return found;
}

const typeOf = ({ body, frames }: Recorded): string => {
  if (frames !== undefined) return eventStream.contentType;
  return body === undefined ? 'text/event-stream' : 'application/json';
};

/** A recorded reply as a vendor on a socket gives it. */
const contentOf =
  (recorded: Recorded): Content =>
  () => {
    const { status = 200, headers = {}, body, events = '', frames } = recorded;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return {
      status,
      headers: { 'content-type': typeOf(recorded), ...headers },
      pieces: frames?.map(eventStream.frame) ?? [Buffer.from(body === undefined ? events : text)],
    };
  };

const configText = ({ provider, settings }: Row): string =>
  JSON.stringify({ timeouts: PATIENCE, ...(settings === undefined ? {} : { providers: { [provider.id]: settings } }) });

/** Calls the row's model, while a vendor on loopback gives the row's reply. */
export async function playRow(row: ReplayRow, deliver: Delivery = asWritten): Promise<Played> {
  const way = wayTo(row);
  await using vendor = await startVendor(way.dialect);
  const replies = [row.reply, ...(row.later ?? [])].map(contentOf);
  for (const content of replies) vendor.next(content, { deliver });
  for (const last of replies.slice(-1)) vendor.always(last, { deliver });
  const env = way.env(vendor.url, way.machine?.secret ?? KEY);
  const engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text: configText(way), trusted: true }] }));
  const asked = engine.call({
    ask: { messages: [userText('What is six times seven?')], ...row.ask },
    model: `${way.provider.id}/${row.model ?? MODEL}`,
  });
  try {
    return { answer: await asked, asks: vendor.requests.length };
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    return { failure, asks: vendor.requests.length };
  } finally {
    await engine.close();
  }
}
