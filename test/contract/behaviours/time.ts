import { expect } from 'vitest';
import { wholeId } from '../../../src/catalog/known.ts';
import type { Answer } from '../../../src/core/chat.ts';
import { failureIn } from '../../../src/core/errors.ts';
import type { Progress } from '../../../src/engine/engine.ts';
import { drip, late, silence, stallAfter } from '../../support/delivery.ts';
import { answer, endless } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';
import { MODEL } from '../stage.ts';

/** Tells how a call ended, with a part of an answer or without. */
const endOf = (calling: Promise<Answer>): Promise<{ partial: boolean; kinds: string[] }> =>
  calling.then(
    ({ partial = false, attempts }) => ({ partial, kinds: attempts.map(({ kind = 'answered' }) => kind) }),
    (error: unknown) => ({
      partial: false,
      kinds: failureIn(error)?.facts.attempts?.map(({ kind = 'answered' }) => kind) ?? [],
    }),
  );

export const time: readonly Behaviour[] = [
  {
    name: 'runs out for a vendor that does not begin',
    patience: { firstByteMs: 30 },
    async run({ vendor, failure, endings }) {
      vendor.always(answer(), { deliver: silence });
      expect((await failure()).kind).toBe('timeout');
      expect(await endings()).not.toContain('finished');
    },
  },
  {
    name: 'runs out for a vendor that sends its headers and nothing else',
    patience: { firstByteMs: 30 },
    async run({ vendor, failure }) {
      vendor.always(answer(), { deliver: stallAfter(0) });
      expect((await failure()).kind).toBe('timeout');
    },
  },
  {
    name: 'runs out for a vendor that falls silent in the middle',
    patience: { idleMs: 30 },
    async run({ vendor, call, endings }) {
      vendor.always(answer({ text: ['Half an', ' answer'] }), { deliver: stallAfter('half') });
      // If the middle lies before the first word, nothing had arrived.
      expect((await endOf(call('Go on.'))).kinds).toEqual(['timeout']);
      expect(await endings()).not.toContain('finished');
    },
  },
  {
    name: 'runs out for a vendor that falls silent after half a sentence, which is kept and marked',
    patience: { idleMs: 60 },
    async run({ vendor, call, endings }) {
      const text = Array.from('Half an answer and no more');
      vendor.always(answer({ text }), { deliver: ({ pieces }) => ['head', ...[...pieces].slice(0, 20), 'stall'] });
      expect(await call('Go on.')).toMatchObject({ partial: true, text: expect.stringMatching(/^Half an/) });
      expect(await endings()).not.toContain('finished');
    },
  },
  {
    name: 'runs out for a whole call that never ends',
    async run({ vendor, call, endings }) {
      vendor.always(endless(), { deliver: drip(2) });
      let end = { partial: false, kinds: ['timeout'] };
      // Everything before the first word (an SDK to be loaded, a busy machine) takes time of its own.
      for (const timeoutMs of [300, 1000, 4000, 10_000]) {
        if (!end.partial) end = await endOf(call('Go on.', { timeoutMs }));
        expect(end.kinds).toEqual(['timeout']);
      }
      expect(end.partial).toBe(true);
      expect(await endings()).not.toContain('finished');
    },
  },
  {
    name: 'runs out for a whole call, by the configured limit too',
    patience: { totalMs: 200 },
    async run({ vendor, call }) {
      vendor.always(endless(), { deliver: drip(2) });
      expect((await endOf(call('Go on.', { timeoutMs: 60_000 }))).kinds).toEqual(['timeout']);
    },
  },
  {
    name: 'does not run out for a vendor that is slow and steady',
    patience: { firstByteMs: 2000, idleMs: 2000 },
    async run({ vendor, call }) {
      vendor.always(answer(), { deliver: late(5, drip(1)) });
      expect((await call('Slowly.', { timeoutMs: 5000 })).text).toBe('Hello');
    },
  },
  {
    name: 'ends with a cancel before the answer began, and the vendor sees it',
    async run({ vendor, failure }) {
      const abort = new AbortController();
      const asked = vendor.next(answer(), { deliver: silence });
      const failing = failure('Never mind.', { signal: abort.signal });
      await asked.request;
      abort.abort();
      expect((await failing).kind).toBe('cancelled');
      expect(await asked.over).toBe('broken off');
    },
  },
  {
    name: 'ends with a cancel in the middle of the answer, and the vendor sees it',
    async run({ vendor, failure }) {
      const abort = new AbortController();
      const asked = vendor.next(answer({ text: Array.from('A long answer.') }), { deliver: stallAfter('half') });
      // The first sign of an answer is what makes the caller change its mind.
      const progress = ({ doing }: Progress) => (doing === 'asked' ? undefined : abort.abort());
      const { kind } = await failure('Never mind.', { signal: abort.signal, progress });
      expect(kind).toBe('cancelled');
      expect(await asked.over).toBe('broken off');
    },
  },
  {
    name: 'ends for every call when the engine closes',
    async run({ vendor, failure, close }) {
      const asked = vendor.next(answer(), { deliver: silence });
      const failing = failure('Good night.');
      await asked.request;
      await close();
      expect((await failing).kind).toBe('cancelled');
      expect(await asked.over).toBe('broken off');
    },
  },
  {
    name: 'is told while it passes',
    async run({ row, vendor, call }) {
      const told: Progress[] = [];
      vendor.always(answer({ thinking: ['Let me ', 'think.'], text: ['One ', 'two ', 'three ', 'four.'] }));
      await call('Count.', { progress: (progress) => told.push(progress) });
      expect(told.length).toBeGreaterThan(1);
      expect(told.every(({ provider, model }) => provider === row.provider.id && model === wholeId(row.provider, MODEL))).toBe(
        true,
      );
      const tokens = told.map((progress) => progress.tokens);
      expect(tokens).toEqual(tokens.toSorted((a, b) => a - b));
      expect([told[0]?.doing, told.at(-1)?.doing]).toEqual(['asked', 'answered']);
      expect(told.at(-1)?.tokens).toBeGreaterThan(0);
    },
  },
  {
    name: 'does not even begin for a call that was cancelled before',
    async run({ vendor, failure }) {
      expect((await failure('Never mind.', { signal: AbortSignal.abort() })).kind).toBe('cancelled');
      expect(vendor.requests).toEqual([]);
    },
  },
];
