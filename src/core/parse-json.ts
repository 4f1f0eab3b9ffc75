/** As deep as JSON may be nested: far deeper than any answer, and far from what reading it would stumble over. */
const MAX_DEPTH = 500;

/** Tells whether brackets outside of strings are nested deeper than anybody means. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '\\') at += 1;
      else quoted = char !== '"';
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Reads a text of JSON, however deep it is nested; undefined: it is none. Pure. */
export function parseAnyJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a text of JSON; undefined: it is none, or it is nested too deep to be worked with. Pure. */
export const parseJson = (text: string): unknown => (nestsTooDeep(text) ? undefined : parseAnyJson(text));
