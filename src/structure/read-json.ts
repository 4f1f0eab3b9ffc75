/** JSON that was found in a text. */
type Found = { value: unknown };

/** A text is read over so often at the most, so that one of nothing but brackets takes no time. */
const MOST_READINGS = 8;

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function parsed(text: string): Found | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** How far the bracket at `start` was followed, strings left aside, and whether it is closed there. */
function follow(text: string, start: number): { at: number; closed: boolean } {
  const open: string[] = [];
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '\\') at += 1;
      else quoted = char !== '"';
    } else if (char === '"') quoted = true;
    else if (CLOSING[char] !== undefined) open.push(CLOSING[char]);
    else if (char === '}' || char === ']') {
      if (open.pop() !== char) return { at, closed: false };
      if (open.length === 0) return { at, closed: true };
    }
  }
  return { at: text.length, closed: false };
}

/** The longest object or list that stands in a text of other words. */
function amidst(text: string): Found | undefined {
  let best: { found: Found; length: number } | undefined;
  let read = 0;
  for (let start = text.search(/[[{]/); start !== -1 && read < MOST_READINGS * text.length;) {
    const { at, closed } = follow(text, start);
    read += at - start + 1;
    const found = closed ? parsed(text.slice(start, at + 1)) : undefined;
    if (found !== undefined && at - start > (best?.length ?? 0)) best = { found, length: at - start };
    const from = (found === undefined ? start : at) + 1;
    const next = text.slice(from).search(/[[{]/);
    start = next === -1 ? -1 : from + next;
  }
  return best?.found;
}

/** The JSON in a model's answer: the whole of it, in a code fence, or amidst other words; undefined: there is none. Pure. */
export function readJson(text: string): Found | undefined {
  const bare = text.trim().replace(/^\uFEFF/, '');
  const fenced = Array.from(bare.matchAll(/```\w*[ \t]*\r?\n([\s\S]*?)\r?\n?[ \t]*```/g), ([, inside = '']) => inside);
  for (const candidate of [bare, ...fenced]) {
    const found = parsed(candidate);
    if (found !== undefined) return found;
  }
  return amidst(bare);
}
