/** A stretch of a text: from its first character to the one behind its last. */
export type Span = { from: number; to: number };

/** Finds the code between backticks on one line. */
function inlineIn(line: string, offset: number): Span[] {
  const runs = Array.from(line.matchAll(/`+/g), (run) => ({ from: run.index, length: run[0].length }));
  // For each run the next one of its length, which closes it; a run without one is text.
  const next = new Map<number, number>();
  const closing = runs.map((): number | undefined => undefined);
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const length = runs[at]?.length ?? 0;
    closing[at] = next.get(length);
    next.set(length, at);
  }
  const spans: Span[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const [open, close] = [runs[at], closing[at]];
    const last = close === undefined ? undefined : runs[close];
    if (open === undefined || close === undefined || last === undefined) continue;
    spans.push({ from: offset + open.from, to: offset + last.from + last.length });
    at = close;
  }
  return spans;
}

const FENCE = /^\s*(`{3,}|~{3,})/;

const closes = (line: string, mark: string): boolean => {
  const fence = FENCE.exec(line)?.[1] ?? '';
  return fence.startsWith(mark) && line.trim() === fence;
};

/**
 * Finds the code in a text in Markdown, in order: between fences and between backticks. A fence that nobody closes holds no code.
 * Linear.
 */
export function codeIn(text: string): Span[] {
  const spans: Span[] = [];
  let open: { mark: string; from: number; inside: Span[] } | undefined;
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    if (open !== undefined && closes(line, open.mark)) {
      spans.push({ from: open.from, to: end });
      open = undefined;
    } else {
      const mark = open === undefined ? FENCE.exec(line)?.[1] : undefined;
      if (mark !== undefined) open = { mark, from: at, inside: [] };
      else (open?.inside ?? spans).push(...inlineIn(line, at));
    }
    at = end + 1;
  }
  return [...spans, ...(open?.inside ?? [])].toSorted((a, b) => a.from - b.from);
}
