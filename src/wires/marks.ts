import { codeIn, type Span } from './code-spans.ts';

/** An answer, and what the model thought before it. */
export type Split = { text: string; thinking: string };

/** Names of tags for thinking, with a vendor's own word before them or not: `<think>`, `<seed:think>`. */
const NAME = String.raw`(?:[a-z]\w{0,20}[:_])?(?:think(?:ing)?|thoughts?|reasoning)`;

/**
 * Pairs of marks between which servers write what a model thinks, from the chat templates of the models. A model's template
 * may hold the opening mark itself, so the closing one may come alone.
 */
const PAIRS: readonly { open: string; close: string }[] = [
  { open: `<${NAME}(?: [^<>]{0,80})?>`, close: `</${NAME}\\s*>` },
  { open: '◁think▷', close: '◁/think▷' }, // Kimi
  { open: '\\[THINK\\]', close: '\\[/THINK\\]' }, // Magistral
  { open: '<\\|(?:start|begin)(?:_of)?_(?:thinking|thought)\\|>', close: '<\\|end(?:_of)?_(?:thinking|thought)\\|>' }, // Command A
  { open: '<unused94>(?:thought)?', close: '<unused95>' }, // Gemma
];

const either = (which: 'open' | 'close'): string => PAIRS.map((pair) => pair[which]).join('|');

const MARK = new RegExp(`(?=[<◁[])(?:(?<open>${either('open')})|(?<close>${either('close')}))`, 'gi');

/** Frames that some templates put around the answer that follows the thinking. */
const FRAME_HEAD = /^(?:<(answer|response|output)>|<\|(?:start|begin)[a-z_]{0,30}\|>)/i;
const FRAME_TAIL = /(?:<\/(answer|response|output)>|<\|end[a-z_]{0,30}\|>)$/i;

/** A mark, whether it opens, and whether it begins its line or is all of it. */
type Mark = Span & { opens: boolean; beginsLine: boolean; endsLine: boolean };

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '«': '»', '„': '“', '`': '`' };

const isBlankAt = (text: string, at: number): boolean => text.charAt(at) === ' ' || text.charAt(at) === '\t';

function placed(text: string, found: RegExpExecArray): Mark {
  const [from, to] = [found.index, found.index + found[0].length];
  let [before, after] = [from - 1, to];
  while (isBlankAt(text, before)) before -= 1;
  while (isBlankAt(text, after)) after += 1;
  return {
    from,
    to,
    opens: found.groups?.['open'] !== undefined,
    beginsLine: before < 0 || text.charAt(before) === '\n',
    endsLine: after >= text.length || /[\r\n]/.test(text.charAt(after)),
  };
}

const isQuoted = (text: string, { from, to }: Span): boolean => {
  const closing = QUOTES[text.charAt(from - 1)];
  return from > 0 && closing !== undefined && text.charAt(to) === closing;
};

/**
 * The marks of a text that are meant as marks. A mark in quotes or in code is talked about; but a closing one on a line of its
 * own is meant where the code around it has no opening one: then the code began in the middle of the thinking.
 */
function marksIn(text: string): Mark[] {
  const code = codeIn(text);
  let at = 0;
  let openedIn: Span | undefined;
  return [...text.matchAll(MARK)].flatMap((found) => {
    const mark = placed(text, found);
    while ((code[at]?.to ?? Infinity) <= mark.from) at += 1;
    const around = (code[at]?.from ?? Infinity) <= mark.from ? code[at] : undefined;
    if (isQuoted(text, mark)) return [];
    if (around === undefined) return [mark];
    if (mark.opens) openedIn = around;
    return mark.opens || around === openedIn || !mark.beginsLine || !mark.endsLine ? [] : [mark];
  });
}

/** For each opening mark the one that closes it: its own, or where thinking talks of marks the next one that closes. */
function partnersOf(marks: readonly Mark[]): (number | undefined)[] {
  const partners = Array.from<number | undefined>({ length: marks.length });
  let next: number | undefined;
  for (let at = marks.length - 1; at >= 0; at -= 1) {
    if (marks[at]?.opens === false) next = at;
    partners[at] = next;
  }
  const open: number[] = [];
  for (const [at, { opens }] of marks.entries()) {
    if (opens) open.push(at);
    else partners[open.pop() ?? at] = at;
  }
  return partners;
}

/** Finds where a text is thinking and where it is answer, by its marks. */
function stretches(text: string, isApart: boolean): { thoughts: Span[]; answers: Span[] } {
  const marks = marksIn(text);
  const partners = partnersOf(marks);
  const thoughts: Span[] = [];
  const answers: Span[] = [];
  const isBlank = (from: number, to: number) => text.slice(from, to).trim() === '';
  let from = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const mark = marks[at];
    if (mark === undefined || mark.from < from) continue;
    const isFirst = isBlank(from, mark.from) && answers.length === 0;
    if (mark.opens) {
      const end = partners[at];
      const isBlock = isFirst || (mark.beginsLine && (end !== undefined || mark.endsLine)) || isBlank(mark.to, text.length);
      if (!isBlock) continue;
      if (!isFirst) answers.push({ from, to: mark.from });
      const close = marks[end ?? marks.length];
      thoughts.push({ from: mark.to, to: close?.from ?? text.length });
      from = close?.to ?? text.length;
    } else if (isFirst) {
      from = mark.to;
    } else if (isBlank(mark.to, text.length)) {
      // A stray mark at the end closes nothing.
      answers.push({ from, to: mark.from });
      from = text.length;
    } else if (at === 0 && !isApart) {
      thoughts.push({ from: 0, to: mark.from });
      from = mark.to;
    }
  }
  return { thoughts, answers: from === 0 ? [] : [...answers, { from, to: text.length }] };
}

/** The answer without what a template puts around it. */
function unframed(text: string): string {
  const [head, tail] = [FRAME_HEAD.exec(text), FRAME_TAIL.exec(text)];
  if (head === null || (head[1] !== undefined && head[1] !== tail?.[1])) return text;
  return text.slice(head[0].length, tail === null ? undefined : tail.index).trim();
}

/** The channels of OpenAI's open models, as a server passes them on that does not know their format. */
const CHANNEL =
  /(?:<\|start\|>\w{0,20})?<\|channel\|>\s*(analysis|commentary|final)(?:[^<\n]{0,80}(?:<\|constrain\|>[^<\n]{0,40})?<\|message\|>)?/g;
const CHANNEL_END = /<\|(?:end|return|call)\|>(?:<\|start\|>\w{0,20})?\s*$/;

/** The same where the server has taken out the marks and left the words: `analysis…assistantfinal…`. */
const BARE = /^\s*analysis(?=[^a-z\s])/;
const BARE_FINAL = 'assistantfinal';

function splitChannels(text: string): Split | undefined {
  const bare = BARE.exec(text);
  const bareFinal = bare === null ? -1 : text.indexOf(BARE_FINAL);
  if (bare !== null && bareFinal !== -1)
    return {
      thinking: text.slice(bare[0].length, bareFinal).trim(),
      text: text.slice(bareFinal + BARE_FINAL.length).trimStart(),
    };
  const found = [...text.matchAll(CHANNEL)];
  const [first] = found;
  if (first === undefined || text.slice(0, first.index).trim() !== '') return undefined;
  const parts = found.map((channel, nth) => ({
    name: channel[1],
    said: text.slice(channel.index + channel[0].length, found[nth + 1]?.index).replace(CHANNEL_END, ''),
  }));
  const of = (isFinal: boolean) => parts.flatMap(({ name, said }) => ((name === 'final') === isFinal ? [said.trim()] : []));
  return { text: of(true).join('\n\n'), thinking: of(false).join('\n\n') };
}

/** JSON as a whole: whatever its strings hold, nothing of it is a mark. */
const isJson = (text: string): boolean => /^\s*[[{]/.test(text) && /[\]}]\s*$/.test(text.slice(-100));

/**
 * Parts what a model thought from what it answered, where its server left the marks of its template in the text: between
 * marks, or up to the first closing one where none opened it. `isApart`: thinking came in a field of its own, so that a
 * closing mark in the text closes nothing. Text without such marks is left as it is. Linear.
 */
export function splitThinking(text: string, isApart: boolean): Split {
  const channels = splitChannels(text);
  if (channels !== undefined) return channels;
  if (isJson(text)) return { text, thinking: '' };
  const { thoughts, answers } = stretches(text, isApart);
  if (thoughts.length === 0 && answers.length === 0) return { text, thinking: '' };
  const joined = (spans: readonly Span[]) =>
    spans
      .map(({ from, to }) => text.slice(from, to).trim())
      .filter((part) => part !== '')
      .join('\n\n');
  const answer = joined(answers);
  return { thinking: joined(thoughts), text: thoughts.length > 0 ? unframed(answer) : answer };
}
