import type { Choice } from './choose.ts';
import type { Range } from './selector.ts';

const endOf = ({ to = Infinity }: Range): number => to;

/** Ranges of one file in the order given, those that overlap as one. */
function merged(ranges: readonly Range[]): Range[] {
  let apart: Range[] = [];
  for (const range of ranges) {
    const meets = (other: Range): boolean => other.from <= endOf(range) && range.from <= endOf(other);
    const together = [...apart.filter(meets), range];
    const [from, to] = [Math.min(...together.map((one) => one.from)), Math.max(...together.map(endOf))];
    const whole: Range = { from, ...(to !== Infinity && { to }) };
    const first = apart.find(meets);
    apart =
      first === undefined
        ? [...apart, whole]
        : apart.filter((one) => one === first || !meets(one)).map((one) => (one === first ? whole : one));
  }
  return apart;
}

/** Of what was chosen each file once, by whatever names it was reached: those that were named first, with the lines asked for. */
export function once(choices: readonly Choice[]): Choice[] {
  const byFile = new Map<string, Choice[]>();
  for (const choice of choices.toSorted((a, b) => Number(b.named) - Number(a.named))) {
    const known = byFile.get(choice.place.real);
    if (known === undefined) byFile.set(choice.place.real, [choice]);
    else if (choice.named) known.push(choice);
  }
  return [...byFile.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    const { place, named } = first;
    return merged(same.map(({ range = { from: 1 } }) => range)).map((range) => ({ place, named, range }));
  });
}
