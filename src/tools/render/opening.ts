import { clip, oneLine } from '../../core/text.ts';

/** The most characters of an answer that its opening line repeats. */
const FIRST_WORDS = 120;

/** A line that Markdown reads as more than prose, and JSON: the line has to stay a line of its own. */
const BLOCK = /^(?:#{1,6}\s|```|~~~|>|[-*+]\s|\d+[.)]\s|\||<|\{|\[|(?: {4}|\t)|(?:[-*_]\s*){3,}$)/;

/** Marks at the beginning of a line that say nothing of its words. */
const MARKS = /^(?:#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+|(?:```|~~~)\S*\s*)+/;

/** Returns the first words of a text on one line, without marks of Markdown before them. */
function firstWords(text: string): string {
  const line = text
    .split('\n', 50)
    .map((one) => oneLine(one.trim().replace(MARKS, '')))
    .find((words) => words !== '');
  return clip(line ?? oneLine(text.slice(0, FIRST_WORDS)), FIRST_WORDS);
}

/**
 * Puts the model and an answer's first words on one line, because previews of hosts show no more
 * than a result's first line. Prose goes on behind the model's name; any other answer begins on a
 * line of its own, below its first words. `before`: what is told ahead of the answer. Returns the
 * line and the whole.
 */
export function openWith(model: string, answer: string, before = ''): { opening: string; text: string } {
  const name = `Answer from ${model}:`;
  const opening = `${name} ${firstWords(answer)}`;
  const [line = '', next] = answer.split('\n', 2);
  const isProse = next === undefined || !BLOCK.test(line);
  if (before === '' && isProse) return { opening, text: `${name} ${answer}` };
  return { opening, text: `${opening}\n\n${before}${answer}` };
}
