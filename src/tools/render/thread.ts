import type { Part } from '../../core/chat.ts';
import { count } from '../../core/text.ts';
import type { KeptTurn, ThreadFacts } from '../../engine/memory.ts';

const partText = (part: Part): string => {
  if (part.type === 'text') return part.text;
  return part.type === 'image_url'
    ? `(an image at ${part.url})`
    : `(${part.type === 'pdf' ? 'a PDF' : 'an image'}, ${count(part.data.length)} characters of base64)`;
};

/** A conversation as a person reads it. */
export function threadText(facts: ThreadFacts, turns: readonly KeptTurn[]): string {
  const head = [
    `# Conversation ${facts.id}`,
    `Begun ${new Date(facts.createdAt).toISOString()}, last used ${new Date(facts.usedAt).toISOString()}, ${count(facts.turns)} turns.`,
    ...(facts.system === undefined ? [] : [`System prompt: ${facts.system}`]),
    ...(facts.summary === undefined
      ? []
      : [`Turns up to ${facts.summary.through} go along as this summary: ${facts.summary.text}`]),
  ];
  const said = turns.map(
    ({ n, role, model, content }) =>
      `## ${n}. ${role === 'user' ? 'User' : (model ?? 'Assistant')}\n\n${content.map(partText).join('\n\n')}`,
  );
  return [...head, ...said].join('\n\n');
}
