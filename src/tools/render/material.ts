import { type Attempt, refText } from '../../core/chat.ts';
import { count, list, oneLine, plural } from '../../core/text.ts';
import type { Material } from '../material.ts';

/** How many things are named before the rest is counted. */
const NAMED = 12;

const size = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

type Sent = Material['sent'][number];

/** `src/a.ts:10-50 (1.9 kB)`; of a whole file no lines are named. */
function sentText({ what, path, lines, bytes, encoding }: Sent): string {
  const range = lines === undefined || (lines.from === 1 && lines.to === lines.of) ? '' : `:${lines.from}-${lines.to}`;
  return `${what === 'file' ? '' : `${what} `}${oneLine(path)}${range} (${size(bytes)}${encoding === undefined ? '' : `, read as ${encoding}`})`;
}

const some = (texts: readonly string[]): string =>
  list([...texts.slice(0, NAMED), ...(texts.length > NAMED ? [`${count(texts.length - NAMED)} more`] : [])]);

/** Who was sent what a call carries: everybody who was tried, but for an answer that was kept from before. */
export const sentTo = (attempts: readonly Attempt[] = [], cached = false): string[] => [
  ...new Set(attempts.filter(({ outcome }) => !cached || outcome !== 'answered').map(refText)),
];

type Earlier = NonNullable<Material['earlier']>;

/** `2 images (9.8 MB)`, `pdf spec.pdf (1.2 MB)`: what has no name is counted. */
function mediaTexts(media: Earlier['media']): string[] {
  const nameless = (['image', 'pdf'] as const).flatMap((what) => {
    const alike = media.filter((one) => one.what === what && one.path === undefined);
    const bytes = alike.reduce((sum, one) => sum + one.bytes, 0);
    return alike.length === 0 ? [] : [`${plural(alike.length, what)} (${size(bytes)})`];
  });
  const named = media.flatMap(({ what, path, bytes }) =>
    path === undefined ? [] : [`${what} ${oneLine(path)} (${size(bytes)})`],
  );
  return [...nameless, ...named];
}

/** `4 earlier turns, about 2,100 tokens, with 2 images (9.8 MB) and a.ts`. */
function earlierText({ turns, tokens, files, media }: Earlier): string {
  const inThem = [...mediaTexts(media), ...files.map(oneLine)];
  const along = inThem.length === 0 ? '' : `, with ${some(inThem)}`;
  return `${plural(turns, 'earlier turn')}, about ${count(tokens)} tokens${along}`;
}

function alongText({ sent, earlier }: Material): string {
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
  const now = `${some(sent.map(sentText))}${sent.length > 1 ? `, ${size(bytes)} in all` : ''}`;
  return [sent.length === 0 ? '' : now, earlier === undefined ? '' : earlierText(earlier)].filter(Boolean).join('; ');
}

/** Kinds of media that go along as they are, because text in them is not read here. */
const UNSEARCHED = { image: 'images', pdf: 'PDFs' } as const;

/** Says which of what goes along was not searched for secrets; empty if everything was. */
function unsearchedText({ sent, earlier }: Material): string {
  const kinds = new Set<string>([...sent, ...(earlier?.media ?? [])].map(({ what }) => what));
  const names = (['image', 'pdf'] as const).filter((kind) => kinds.has(kind)).map((kind) => UNSEARCHED[kind]);
  return names.length === 0 ? '' : `${list(names)} are not searched for secrets`;
}

/** What left the machine besides the prompt, to whom, how large, and what did not: one line; empty where nothing did. */
export function materialText(material: Material, to: readonly string[]): string {
  const { leftOut, redacted } = material;
  const along = alongText(material);
  const facts = [
    along === '' || to.length === 0 ? '' : `sent to ${list(to)}: ${along}`,
    to.length === 0 ? '' : unsearchedText(material),
    leftOut.length === 0 ? '' : `left out: ${some(leftOut.map(({ path, why }) => `${oneLine(path)} (${oneLine(why)})`))}`,
    redacted.length === 0
      ? ''
      : `${plural(redacted.length, 'secret')} replaced before sending: ${some(redacted.map(({ path, line, kind }) => `${oneLine(path)}:${line} (${kind})`))}`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? '' : `[${facts.join(' · ')}]`;
}

/** The same for programs. */
export const materialMeta = ({ sent, leftOut, redacted, earlier }: Material, to: readonly string[]): Record<string, unknown> => ({
  ...((sent.length === 0 && earlier === undefined) || to.length === 0 ? {} : { sent, sentTo: to, ...(earlier && { earlier }) }),
  ...(leftOut.length === 0 ? {} : { leftOut }),
  ...(redacted.length === 0 ? {} : { redacted }),
});
