import type { Reader } from './reader.ts';
import type { Finding, SecretRule } from './secret-rule.ts';

/** A rule that is one pattern, which begins at the place. The group `secret` is hidden, else all that matched. */
export type Pattern = { kind: string; begins: string; pattern: RegExp; accepts?: (value: string) => boolean };

/** Makes a rule of a pattern. */
export function patterned({ kind, begins, pattern, accepts }: Pattern): SecretRule {
  const sticky = new RegExp(pattern.source, `${pattern.flags}dy`);
  return {
    begins,
    read(reader: Reader, at: number): readonly Finding[] {
      // Within what it matched before: a token may hold what tokens begin with.
      if (reader.hasRead(sticky, at)) return [];
      sticky.lastIndex = at;
      const match = sticky.exec(reader.text);
      reader.steps += 1;
      if (match === null) return [];
      reader.remember(sticky, { start: at, end: sticky.lastIndex });
      const [start, end] = match.indices?.groups?.['secret'] ?? match.indices?.[0] ?? [at, sticky.lastIndex];
      return accepts?.(reader.text.slice(start, end)) === false ? [] : [{ start, end, kind }];
    },
  };
}
