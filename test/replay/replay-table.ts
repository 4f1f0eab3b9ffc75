import type { ReplayRow } from './replay-row.ts';

type Group = readonly [name: string, rows: readonly ReplayRow[]];

/** Every vendor with how many of its rows came out right, in each group and in all. */
export function replayTable(groups: readonly Group[], isWrong: (row: ReplayRow) => boolean): string {
  const cell = (rows: readonly ReplayRow[]): string =>
    rows.length === 0 ? '' : `${rows.filter((row) => !isWrong(row)).length} of ${rows.length}`;
  const all = groups.flatMap(([, rows]) => rows);
  const line = (name: string, among: (row: ReplayRow) => boolean): string[] => [
    name,
    ...groups.map(([, rows]) => cell(rows.filter(among))),
    all.filter(among).some(isWrong) ? 'WRONG' : 'right',
  ];
  const vendors = [...new Set(all.map(({ vendor }) => vendor))].toSorted();
  const lines = [
    ['vendor', ...groups.map(([name]) => name), ''],
    ...vendors.map((name) => line(name, ({ vendor }) => vendor === name)),
    line(`${vendors.length} vendors`, () => true),
  ];
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? '').length)));
  return lines
    .map((cells) =>
      cells
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
