import { describe, expect, it } from 'vitest';
import { README } from '../../scripts/docs/documents.ts';
import { fillRegions } from '../../scripts/docs/regions.ts';
import { README_REGIONS } from '../../scripts/docs/tables.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { TOOLS } from '../../src/tools/index.ts';

describe('The generated tables of the README', () => {
  it('are what the code says now (npm run docs writes them)', () => {
    expect(README.text).toBe(fillRegions(README.text, README_REGIONS));
  });

  it('name every provider with its variables, and every tool with its parameters', () => {
    const providers = README_REGIONS['providers']?.() ?? '';
    for (const { id, keyEnv, docs } of PROVIDERS) for (const fact of [id, docs, ...keyEnv]) expect(providers).toContain(fact);
    const tools = README_REGIONS['tools']?.() ?? '';
    const parameters = README_REGIONS['parameters']?.() ?? '';
    for (const { name, inputSchema } of TOOLS) {
      expect(tools).toContain(`\`${name}\``);
      for (const parameter of Object.keys(inputSchema.properties)) expect(parameters).toContain(`| \`${parameter}\` |`);
    }
  });

  it('are replaced between their markers and nowhere else', () => {
    const document = 'before\n<!-- generated: a -->\nold\n<!-- end -->\nafter\n';
    expect(fillRegions(document, { a: () => 'new' })).toBe('before\n<!-- generated: a -->\nnew\n<!-- end -->\nafter\n');
  });

  it('are missed when their markers are gone, and so is a region that nobody generates', () => {
    expect(() => fillRegions('no markers', { a: () => 'new' })).toThrow('generated: a');
    expect(() => fillRegions('<!-- generated: b -->\n<!-- end -->', { a: () => 'new' })).toThrow('"b"');
  });
});
