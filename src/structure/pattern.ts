const compiles = (pattern: string, flags: string): boolean => {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
};

/** An escape, a class's begin, a count of times, or a character. */
const TOKEN = /\\[^]|\{\d+(?:,\d*)?\}|[^]/gu;
/** What may stand after a backslash in a pattern of Unicode. Elsewhere any other character may, and means itself. */
const ESCAPABLE = /^\\[\^$\\.*+?()[\]{}|/bBcdDfknpPrsStuvwWx0-9]/;
const KIND = /^\\[dDsSwWpP]/;

/** How a character that Unicode's patterns take for the begin or end of something is written there, when it means itself. */
function plain(token: string, before: string, after: string, inClass: boolean): string {
  if (token.startsWith('\\')) return ESCAPABLE.test(token) || (inClass && token === '\\-') ? token : token.slice(1);
  if (inClass) return token === '-' && (KIND.test(before) || KIND.test(after)) ? '\\-' : token;
  return token === '{' || token === '}' || token === ']' ? `\\${token}` : token;
}

function rewritten(pattern: string): string {
  const tokens = pattern.match(TOKEN) ?? [];
  let inClass = false;
  return tokens
    .map((token, at) => {
      const closes = inClass && token === ']';
      if (closes) inClass = false;
      const written = closes ? token : plain(token, tokens[at - 1] ?? '', tokens[at + 1] ?? '', inClass);
      if (token === '[') inClass = true;
      return written;
    })
    .join('');
}

/**
 * A regular expression of JSON Schema as one of Unicode, which is how patterns are matched: many are written with escapes that
 * only the older kind takes (`\d{4}\-\d{2}`, `[\w-.]`). Undefined: it is none of either kind. Pure.
 */
export function asUnicode(pattern: string): string | undefined {
  if (compiles(pattern, 'u')) return pattern;
  const said = compiles(pattern, '') ? rewritten(pattern) : undefined;
  return said !== undefined && compiles(said, 'u') ? said : undefined;
}
