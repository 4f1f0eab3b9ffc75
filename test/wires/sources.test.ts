import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/chat.ts';
import { sourcesText } from '../../src/tools/render/answer.ts';
import { collect } from '../../src/wires/collect.ts';
import type { Delta } from '../../src/wires/wire.ts';

async function* said(...deltas: Delta[]): AsyncGenerator<Delta, void> {
  yield* deltas;
}

const sourcesOf = async (...sources: NonNullable<Delta['sources']>) =>
  (
    await collect(said({ text: 'Yes.', sources, stop: 'end' }), {
      title: 'Somebody',
      blame: (error) => expect.fail(String(error)),
      usageOf: () => ({}),
    })
  ).sources;

describe('the sources of an answer', () => {
  it('are told once each, with the title that came first or later', async () => {
    const url = 'https://a.example/';
    expect(await sourcesOf({ url }, { url: 'https://b.example/', title: 'B' }, { url, title: 'A' }, { url })).toEqual([
      { url, title: 'A' },
      { url: 'https://b.example/', title: 'B' },
    ]);
  });

  it('are twenty at the most, and their titles are one short line', async () => {
    const many = Array.from({ length: 30 }, (_, nth) => ({
      url: `https://a.example/${nth}`,
      title: `Line\none\u0007 ${'x'.repeat(500)}`,
    }));
    const kept = (await sourcesOf(...many)) ?? [];
    expect(kept).toHaveLength(20);
    expect(kept[0]?.title).toMatch(/^Line one x+…$/);
    expect(kept.every(({ title = '' }) => title.length <= 200)).toBe(true);
  });

  it('are addresses of pages and nothing else', async () => {
    const url = 'https://good.example/';
    expect(
      await sourcesOf({ url: 'javascript:alert(1)' }, { url: 'file:///etc/passwd' }, { url: 'https://a.example/ b' }, { url }),
    ).toEqual([{ url }]);
  });

  it('stand under the answer as a list in which a title cannot pass for a link', () => {
    const answer: Answer = {
      text: 'Yes.',
      stop: 'end',
      served: { provider: 'p', model: 'm' },
      usage: {},
      cost: { nanoUsd: 0, from: 'local' },
      notes: [],
      attempts: [],
      timing: { totalMs: 1 },
      sources: [{ url: 'https://a.example/', title: '[Click](https://evil.example)' }, { url: 'https://b.example/' }],
    };
    expect(sourcesText(answer)).toBe('Sources:\n- Click(https://evil.example): https://a.example/\n- https://b.example/\n\n');
    expect(sourcesText({ ...answer, sources: [] })).toBe('');
  });
});
