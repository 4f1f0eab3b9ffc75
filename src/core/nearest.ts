import leven from 'leven';

const normal = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The `most` candidates that look most like `text`, best first; those that have little in common with it are left out. */
export function nearest(text: string, candidates: readonly string[], most: number): string[] {
  const wanted = normal(text);
  return candidates
    .map((candidate) => ({ candidate, distance: leven(wanted, normal(candidate)) }))
    .filter(({ distance }) => distance <= Math.max(2, wanted.length / 2))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
