import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A document of the repository, by its path from the root. */
export type Document = { path: string; text: string };

/** A fenced block: its language, its text, and the line on which it stands. */
export type Block = { path: string; language: string; text: string; line: number };

export const ROOT = join(import.meta.dirname, '..', '..');

const read = (path: string): Document => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

export const SKILLS: readonly Document[] = [
  'SKILL.md',
  ...readdirSync(join(ROOT, 'skills')).map((name) => `skills/${name}/SKILL.md`),
].map(read);

export const README = read('README.md');
export const ARCHITECTURE = read('ARCHITECTURE.md');

export const DOCUMENTS: readonly Document[] = [README, ARCHITECTURE, ...['CONTRIBUTING.md', 'CHANGELOG.md'].map(read), ...SKILLS];

const FENCE = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

export function blocksOf({ path, text }: Document): Block[] {
  return [...text.matchAll(FENCE)].map((match) => ({
    path,
    language: match[2] ?? '',
    text: match[3] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** What stands in single backticks outside fenced blocks. */
export const codesOf = ({ text }: Document): string[] =>
  [...text.replaceAll(FENCE, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');

/** The lines of commands: those of shell blocks, without comments, and inline code. */
export const commandsOf = (document: Document): string[] => [
  ...blocksOf(document)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n').map((line) => line.replace(/(?:^|\s)#(?!#).*$/, '').trim()))
    .filter((line) => line !== ''),
  ...codesOf(document),
];
