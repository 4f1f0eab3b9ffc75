import leven from 'leven';

const normal = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The candidate that looks most like `text`; undefined: none has much in common with it. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = normal(text);
  return candidates
    .map((candidate) => ({ candidate, distance: leven(wanted, normal(candidate)) }))
    .filter(({ distance }) => distance <= Math.max(2, wanted.length / 2))
    .toSorted((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** ` (did you mean "x"?)` for what was most likely meant, else nothing. */
export function didYouMean(text: string, candidates: readonly string[]): string {
  const near = nearest(text, candidates);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}
