import type { WireId } from '../../src/wires/wire.ts';

/** What became of every fault on every wire, as a table to read. */
export type Matrix = {
  put: (fault: string, wire: WireId, cell: string) => void;
  text: () => string;
};

export function createMatrix(wires: readonly WireId[]): Matrix {
  const rows = new Map<string, Map<WireId, string>>();
  return {
    put(fault, wire, cell) {
      const row = rows.get(fault) ?? new Map<WireId, string>();
      rows.set(fault, row.set(wire, cell));
    },
    text() {
      const lines = [
        ['fault', ...wires],
        ...Array.from(rows, ([fault, row]) => [fault, ...wires.map((wire) => row.get(wire) ?? '')]),
      ];
      const widths = ['fault', ...wires].map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
      return lines
        .map((line) =>
          line
            .map((cell, at) => cell.padEnd(widths[at] ?? 0))
            .join('  ')
            .trimEnd(),
        )
        .join('\n');
    },
  };
}
