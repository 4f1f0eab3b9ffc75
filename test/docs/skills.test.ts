import { join } from 'node:path';
import { loadSkills } from '@modelcontextprotocol/server/ext/skills/node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, SKILLS } from '../../scripts/docs/documents.ts';

const headOf = (text: string): Record<string, unknown> => ({ ...parse(/^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '') });

describe('The skills', () => {
  it('load in the official loader without a warning', async () => {
    const skills = await loadSkills(join(ROOT, 'skills'), { strict: true });
    const names = skills.entries.map(({ uri }) => uri.split('/').at(-2));
    expect(names).toEqual(['compare-models', 'route-by-task', 'second-opinion']);
  });

  it.each(SKILLS.map(({ path, text }) => ({ path, text })))(
    '$path says when to use it and when not, briefly',
    ({ path, text }) => {
      const { name, description, ...rest } = headOf(text);
      expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(['SKILL.md', `skills/${String(name)}/SKILL.md`]).toContain(path);
      expect(description).toMatch(/\bUse when\b.*\bNot\b/);
      expect(String(description).length).toBeLessThanOrEqual(1024);
      expect(Object.keys(rest).toSorted()).toEqual(['compatibility', 'license']);
      expect(String(rest['compatibility']).length).toBeLessThanOrEqual(500);
      expect(text.split('\n').length).toBeLessThan(100);
    },
  );
});
