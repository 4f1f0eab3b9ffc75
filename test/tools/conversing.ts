import type { Desk } from '../support/desk.ts';
import type { Told } from '../support/messages.ts';
import type { VendorRequest } from '../support/vendor.ts';

const facts = ({ meta }: Told): object => Object(meta['switchboard/answer']);

/** The id of the conversation that a result belongs to, as programs read it. */
export function threadOf(told: Told): string {
  const found = Object.entries(facts(told)).find(([name]) => name === 'threadId')?.[1];
  if (typeof found === 'string') return found;
  throw new Error(`No conversation is named: ${told.text}`);
}

/** Notes of an answer, as a person reads them. */
export const footOf = ({ text }: Told): string => text.slice(text.lastIndexOf('\n[') + 1);

/** Begins a conversation with a question; returns its id. */
export const begin = async (desk: Desk, args: Record<string, unknown>): Promise<string> =>
  threadOf(await desk.call('call_model', { ...args, thread_id: 'new' }));

/** The roles and texts of a request to Anthropic or to OpenAI's responses, in order; what is no text by its type. */
export function turnsIn({ body }: VendorRequest): string[] {
  const { messages, input }: { messages?: unknown; input?: unknown } = Object(body);
  const turns = Array.isArray(messages) ? messages : input;
  if (typeof turns === 'string') return [`user: ${turns}`];
  return (Array.isArray(turns) ? turns : []).map((turn) => {
    const { role, content }: { role?: unknown; content?: unknown } = Object(turn);
    return `${String(role)}: ${textOf(content)}`;
  });
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return (Array.isArray(content) ? content : [])
    .map((part) => {
      const { type, text }: { type?: unknown; text?: unknown } = Object(part);
      return typeof text === 'string' ? text : `<${String(type)}>`;
    })
    .join(' | ');
}
