import { describe, expect, it } from 'vitest';
import { baseUrlFrom } from '../../src/config/base-url.ts';

type Form = { written: string; tail?: string; like?: string; root: string | undefined };

const OLLAMA = { tail: '/v1', like: 'http://127.0.0.1:11434/v1' };

const FORMS: Record<string, readonly Form[]> = {
  'what needs nothing': [
    { written: 'https://api.openai.com/v1', root: 'https://api.openai.com/v1' },
    { written: 'https://api.openai.com/v1/', root: 'https://api.openai.com/v1' },
    { written: 'HTTPS://API.OpenAI.com/v1//', root: 'https://api.openai.com/v1' },
    { written: 'http://localhost:8080', root: 'http://localhost:8080' },
    { written: 'http://[::1]:8080/v1', root: 'http://[::1]:8080/v1' },
  ],
  'the tail that belongs there': [
    { written: 'https://api.anthropic.com', tail: '/v1', root: 'https://api.anthropic.com/v1' },
    { written: 'https://api.anthropic.com/', tail: '/v1', root: 'https://api.anthropic.com/v1' },
    { written: 'https://api.anthropic.com/v1', tail: '/v1', root: 'https://api.anthropic.com/v1' },
    {
      written: 'https://generativelanguage.googleapis.com/v1',
      tail: '/v1beta',
      root: 'https://generativelanguage.googleapis.com/v1',
    },
    {
      written: 'https://generativelanguage.googleapis.com',
      tail: '/v1beta',
      root: 'https://generativelanguage.googleapis.com/v1beta',
    },
    { written: 'https://gate.example/anthropic', tail: '/v1', root: 'https://gate.example/anthropic/v1' },
    { written: 'https://me.openai.azure.com', tail: '/openai/v1', root: 'https://me.openai.azure.com/openai/v1' },
    { written: 'https://me.openai.azure.com/openai', tail: '/openai/v1', root: 'https://me.openai.azure.com/openai/v1' },
    { written: 'https://me.openai.azure.com/openai/v1/', tail: '/openai/v1', root: 'https://me.openai.azure.com/openai/v1' },
  ],
  'what people write for a server of their own': [
    { written: 'localhost:11434', ...OLLAMA, root: 'http://localhost:11434/v1' },
    { written: 'localhost', ...OLLAMA, root: 'http://localhost:11434/v1' },
    { written: '0.0.0.0', ...OLLAMA, root: 'http://127.0.0.1:11434/v1' },
    { written: '0.0.0.0:11500', ...OLLAMA, root: 'http://127.0.0.1:11500/v1' },
    { written: '192.168.1.7', ...OLLAMA, root: 'http://192.168.1.7:11434/v1' },
    { written: 'box.local:80', ...OLLAMA, root: 'http://box.local/v1' },
    { written: 'http://box.local', ...OLLAMA, root: 'http://box.local/v1' },
    { written: '[::1]:11434', ...OLLAMA, root: 'http://[::1]:11434/v1' },
    { written: ':11500', ...OLLAMA, root: 'http://127.0.0.1:11500/v1' },
  ],
  'what is no address': [
    { written: 'not an address', root: undefined },
    { written: 'ftp://files.example', root: undefined },
    { written: 'file:///etc/passwd', root: undefined },
    { written: 'https://', root: undefined },
  ],
};

describe.each(Object.entries(FORMS))('%s', (_, forms) => {
  it.each(forms)('$written with $tail is $root', ({ written, tail, like, root }) => {
    expect(baseUrlFrom(written, tail, like)).toBe(root);
  });
});
