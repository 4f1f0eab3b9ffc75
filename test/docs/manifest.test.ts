import { describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import manifest from '../../server.json' with { type: 'json' };
import { PROVIDERS } from '../../src/providers/index.ts';

describe('server.json, which describes the server to registries of MCP servers', () => {
  it('names the package as package.json does', () => {
    expect(manifest).toMatchObject({
      name: pkg.mcpName,
      version: pkg.version,
      packages: [{ identifier: pkg.name, version: pkg.version }],
    });
  });

  it('keeps to the bounds of its schema', () => {
    expect(manifest.description.length).toBeLessThanOrEqual(100);
    expect(manifest.name).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);
  });

  it('asks for keys that a provider reads, and guards them', () => {
    const keys = manifest.packages.flatMap(({ environmentVariables }) => environmentVariables);
    const known = new Set(PROVIDERS.flatMap(({ keyEnv }) => keyEnv));
    expect(keys.filter(({ name, isSecret, isRequired }) => !known.has(name) || !isSecret || isRequired)).toEqual([]);
  });
});
