import { Failure } from '../../core/errors.ts';
import type { Pace } from '../../core/pace.ts';
import { clip } from '../../core/text.ts';
import type { Redacted } from '../parcel/sent.ts';
import { applyPolicy, type SecretPolicy } from './scan.ts';
import type { Finding } from './secret-rule.ts';
import { findSecrets, joined, linesAt, withoutSecrets } from './secrets.ts';

type Json = Readonly<Record<string, unknown>>;

/** Where a text stands in a value: the way to it, how many levels deep, and the name that it is given to. */
type Place = { pointer: string; depth: number; name: string };

/** In a JSON Schema these give a value to the property that they stand in. */
const OF_ITS_PROPERTY = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** The longest way to a text that is told, in characters. */
const LONGEST_POINTER = 200;

/** No schema that is meant has more levels; a value without end of them would end the process's stack. */
const DEEPEST = 500;

type Change = (text: string, place: Place) => string;

const below = ({ pointer, depth, name }: Place, key: string | number, called = name): Place => ({
  pointer: `${pointer}/${key}`,
  depth: depth + 1,
  name: called,
});

function changed(value: unknown, place: Place, change: Change): unknown {
  if (typeof value === 'string') return change(value, place);
  if (typeof value !== 'object' || value === null) return value;
  if (place.depth > DEEPEST) {
    const [what] = place.pointer.split('/');
    throw new Failure(
      'input',
      `${what} is nested more than ${DEEPEST} levels deep: write it flatter, such as with $defs and $ref`,
    );
  }
  if (Array.isArray(value)) return value.map((one, index) => changed(one, below(place, index), change));
  return changedObject({ ...value }, place, change);
}

/** Every text of an object in turn, its keys among them, and the object that comes of it. */
const changedObject = (value: Json, place: Place, change: Change): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const said = change(key, { ...place, name: '' });
      return [said, changed(one, below(place, said, OF_ITS_PROPERTY.has(key) ? place.name : key), change)];
    }),
  );

/** Of findings that ascend, what lies in each of some spans that ascend, counted from the span's own start. */
function within(findings: readonly Finding[], spans: readonly { start: number; end: number }[]): Finding[][] {
  let first = 0;
  return spans.map((span) => {
    while ((findings[first]?.end ?? Infinity) <= span.start) first += 1;
    const own: Finding[] = [];
    for (let at = first; ; at += 1) {
      const finding = findings[at];
      if (finding === undefined || finding.start >= span.end) break;
      const [start, end] = [Math.max(finding.start, span.start), Math.min(finding.end, span.end)];
      own.push({ start: start - span.start, end: end - span.start, kind: finding.kind });
    }
    return own;
  });
}

/** What is found in each of some texts: by itself, and as the value of its name. One search for all: they may be many. */
async function foundInEach(texts: readonly { text: string; name: string }[], pace?: Pace): Promise<Finding[][]> {
  const pieces = [
    ...texts.map(({ text }) => ({ before: '', text, after: '\n\n' })),
    ...texts.map(({ text, name }) => ({ before: `${name}: "`, text, after: '"\n' })),
  ];
  let at = 0;
  const spans = pieces.map(({ before, text, after }) => {
    const start = at + before.length;
    at = start + text.length + after.length;
    return { start, end: start + text.length };
  });
  const findings = await findSecrets(pieces.map(({ before, text, after }) => before + text + after).join(''), pace);
  const found = within(findings, spans);
  return texts.map((_, index) => joined([...(found[index] ?? []), ...(found[index + texts.length] ?? [])]));
}

/**
 * Scans every text of a value by itself, its keys among them, so that it is whole when secrets are replaced. Throws as `scanText`
 * does, and for what is nested too deeply; places are told by JSON pointers.
 */
export async function scanJson(
  path: string,
  value: Json,
  policy: SecretPolicy,
  pace?: Pace,
): Promise<{ value: Record<string, unknown>; redacted: Redacted[] }> {
  const top: Place = { pointer: path, depth: 0, name: '' };
  const texts: { text: string; name: string }[] = [];
  changedObject(value, top, (text, { name }) => {
    texts.push({ text, name });
    return text;
  });
  const found = (await foundInEach(texts, pace)).values();
  const redacted: Redacted[] = [];
  const clean = changedObject(value, top, (text, { pointer }) => {
    const findings: readonly Finding[] = found.next().value ?? [];
    const lines = linesAt(
      text,
      findings.map(({ start }) => start),
    );
    redacted.push(
      ...findings.map(({ kind }, index) => ({ path: clip(pointer, LONGEST_POINTER), line: lines[index] ?? 1, kind })),
    );
    return withoutSecrets(text, findings);
  });
  applyPolicy(policy, redacted);
  return { value: clean, redacted };
}
