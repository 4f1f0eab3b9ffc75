import type { Pace } from '../../core/pace.ts';
import { plural } from '../../core/text.ts';
import type { Redacted } from '../parcel/sent.ts';
import { redactedIn, scanLines } from '../secrets/scan.ts';
import { endingsChanged, hunkHeader, nearChanges, type Section, versionOf } from './hunks.ts';

/** What is sent of a section. */
export type Shown = { text: string; redacted: Redacted[] };

/** Carriage returns are not shown, so a change of nothing else would look like none. */
function remarksOn({ rows }: Section): string[] {
  const alike = endingsChanged(rows);
  if (alike === 0) return [];
  return [`[in ${plural(alike, 'line')} the line ending alone changes, between LF and CR LF: - and + look alike there]`];
}

/**
 * A section with little context and without secrets. Both versions of the file are scanned whole, because a few lines from the
 * middle of a key do not look like one.
 */
export async function show(name: string, section: Section, pace: Pace): Promise<Shown> {
  const old = await scanLines(versionOf(section, '-'), pace);
  const now = await scanLines(versionOf(section, '+'), pace);
  const groups = nearChanges(section.rows).map((rows) => {
    const lines = rows.map(({ sign, text, ...at }) => {
      if (sign === '\\') return `\\${text}`;
      return sign + ((sign === '-' ? old.lines[at.old - 1] : now.lines[at.now - 1]) ?? '');
    });
    const [gone, here] = [rows.filter(({ sign }) => sign === '-'), rows.filter(({ sign }) => sign === '+' || sign === ' ')];
    const redacted = [
      ...redactedIn(`${name} (before)`, old.secrets, gone[0]?.old ?? 0, gone.at(-1)?.old ?? 0),
      ...redactedIn(name, now.secrets, here[0]?.now ?? 0, here.at(-1)?.now ?? 0),
    ];
    return { text: [hunkHeader(rows), ...lines].join('\n'), redacted };
  });
  return {
    text: [...section.head, ...remarksOn(section), ...groups.map(({ text }) => text)].join('\n'),
    redacted: groups.flatMap(({ redacted }) => redacted),
  };
}
