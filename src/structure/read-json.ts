/** JSON that was found in a text. */
type Found = { value: unknown };

/** So many places where JSON could begin are tried, so that a text of brackets takes no time. */
const MOST_TRIES = 100;

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function parsed(text: string): Found | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Where the bracket at `start` is closed, strings left aside; -1: nowhere. */
function endOf(text: string, start: number): number {
  const open: string[] = [];
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '\\') at += 1;
      else quoted = char !== '"';
    } else if (char === '"') quoted = true;
    else if (CLOSING[char] !== undefined) open.push(CLOSING[char]);
    else if ((char === '}' || char === ']') && (open.pop() !== char || open.length === 0)) return open.length === 0 ? at : -1;
  }
  return -1;
}

/** The longest object or list that stands in a text of other words. */
function amidst(text: string): Found | undefined {
  let best: { found: Found; length: number } | undefined;
  let tries = 0;
  for (let at = text.search(/[[{]/); at !== -1 && tries < MOST_TRIES; tries += 1) {
    const end = endOf(text, at);
    const found = end === -1 ? undefined : parsed(text.slice(at, end + 1));
    if (found !== undefined && end - at > (best?.length ?? 0)) best = { found, length: end - at };
    const from = (found === undefined ? at : end) + 1;
    const next = text.slice(from).search(/[[{]/);
    at = next === -1 ? -1 : from + next;
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
