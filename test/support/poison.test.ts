import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai/node';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POISONED, isPoisoned, type Poison, poisonEnvironment } from './poison.ts';

/** Where the SDKs read the environment. */
const READERS = [
  'openai/client.mjs',
  'openai/azure.mjs',
  'openai/internal/bedrock.mjs',
  '@anthropic-ai/sdk/client.mjs',
  '@anthropic-ai/sdk/core/credentials.mjs',
  '@anthropic-ai/sdk/lib/credentials/credential-chain.mjs',
  '@anthropic-ai/sdk/internal/tracing.mjs',
  '@anthropic-ai/sdk/internal/utils/log.mjs',
  '@google/genai/dist/node/index.mjs',
];

/** Where AWS's SDK does. */
const AWS_FOLDERS = ['@aws-sdk', '@smithy'].map((scope) =>
  fileURLToPath(new URL(`../../node_modules/${scope}`, import.meta.url)),
);

/** Where a user's files are; what is found there is found by other means than a variable's value. */
const PLACES = new Set(['APPDATA', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME']);

let poison: Poison;
beforeAll(async () => {
  poison = await poisonEnvironment();
});
afterAll(() => poison[Symbol.dispose]());

describe('the poisoned environment', () => {
  it.each(READERS)('poisons every variable that %s reads', (file) => {
    const source = readFileSync(new URL(`../../node_modules/${file}`, import.meta.url), 'utf8');
    const names = [...source.matchAll(/(?:read|get)Env\(['"](\w+)['"]\)/g)].map(([, name = '']) => name);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !isPoisoned(name) && !PLACES.has(name))).toEqual([]);
  });

  it('poisons every variable that the packages of AWS’s SDK read', () => {
    const names = AWS_FOLDERS.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.parentPath.includes('dist-es') && entry.name.endsWith('.js'))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .flatMap((source) => [...source.matchAll(/['"](AWS_[A-Z0-9_]+)['"]|\benv\.(AWS_[A-Z0-9_]+)/g)])
        .map(([, quoted, dotted]) => quoted ?? dotted ?? ''),
    );
    expect(names).toContain('AWS_PROFILE');
    expect(names.filter((name) => !isPoisoned(name))).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['openai', () => new OpenAI({ maxRetries: 0, logLevel: 'off' }).responses.create({ model: 'm', input: 'Hi' })],
    [
      '@anthropic-ai/sdk',
      () =>
        new Anthropic({ maxRetries: 0, logLevel: 'off' }).messages.create({
          model: 'm',
          max_tokens: 1,
          messages: [{ role: 'user', content: 'Hi' }],
        }),
    ],
    ['@google/genai', () => new GoogleGenAI({ vertexai: false }).models.generateContent({ model: 'm', contents: 'Hi' })],
  ])('is fatal to %s as it comes: its key goes where the environment says', async (_, call) => {
    const before = poison.canary.heard.length;
    await expect(call()).rejects.toBeInstanceOf(Error);
    expect(poison.canary.heard.slice(before).join('\n')).toContain(POISONED);
  });
});
