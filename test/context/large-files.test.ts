import { describe, expect, it } from 'vitest';
import { readStretch } from '../../src/context/gate/stretch.ts';
import { pem } from './drawn.ts';
import { openStage } from './stage.ts';

const MAX = { maxBytes: 1_000_000 };
const LINES = 120_000;
const log = (end: string): string => Array.from({ length: LINES }, (_, n) => `entry ${n + 1}`).join(end) + end;

describe('lines of a file that is too large to be sent whole', () => {
  it.each(['\n', '\r\n', '\r'])('are read as far as they need, with breaks of %j', async (end) => {
    await using stage = await openStage();
    await stage.write('big.log', log(end));
    const { text, sent } = await stage.get({ files: ['big.log:5-6', 'big.log:90000:3', 'big.log#L119999-L120000'] }, MAX);
    expect(text).toContain('=== big.log (lines 5-6) ===\n5|entry 5\n6|entry 6\n');
    expect(text).toContain('\n90000|entry 90000\n');
    expect(text).toContain('(lines 119999-120000 of 120000) ===\n119999|entry 119999\n120000|entry 120000');
    expect(sent.map(({ lines }) => lines?.of)).toEqual([undefined, undefined, LINES]);
  });

  it('are cut where they do not fit, which is said, and refused where the file ends before them', async () => {
    await using stage = await openStage();
    await stage.write('big.log', log('\n'));
    const { sent, leftOut } = await stage.get({ files: ['big.log:100-'] }, { ...MAX, maxTokens: 1000 });
    const last = sent[0]?.lines?.to ?? 0;
    expect(leftOut).toEqual([{ path: `big.log:${last + 1}-`, why: 'it does not fit into what one call may carry' }]);
    await expect(stage.get({ files: ['big.log:120001'] }, MAX)).rejects.toThrow(/has 120,000 lines, so line 120001 is not in it/);
    await expect(stage.get({ files: ['big.log'] }, MAX)).rejects.toThrow(/name lines of it, like big\.log:1-200/);
  });

  it('have no secrets in them, those that begin before or end behind them among these', async () => {
    await using stage = await openStage();
    const key = pem('PRIVATE KEY').split('\n');
    const lines = Array.from({ length: LINES }, (_, n) => `entry ${n + 1}`);
    lines.splice(80_000, key.length, ...key);
    await stage.write('big.log', lines.join('\n'));
    for (const range of ['80002-80003', '79990-80001', '80003-80020']) {
      const { text, redacted } = await stage.get({ files: [`big.log:${range}`] }, MAX);
      expect(text).not.toContain(key[1]);
      expect(redacted).toMatchObject([{ path: 'big.log', kind: 'private key' }]);
    }
  });

  it('are whole lines, however the file is read', async () => {
    for (const pieces of [
      ['a\r', '\nb\r', '\nc'],
      ['a\r\n', 'b', '\r\nc'],
      ['a', '\n', 'b\nc'],
    ]) {
      const left = pieces.map((piece) => Buffer.from(piece));
      const { bytes, ends, first } = await readStretch(async () => left.shift() ?? Buffer.alloc(0), { from: 3, to: 3 }, 100);
      expect([bytes.toString().split(/\r?\n/), ends, first]).toEqual([['a', 'b', 'c'], true, 1]);
    }
    const long = Array.from({ length: 40 }, (_, n) => Buffer.from(`${n + 1}${'x'.repeat(99_998)}\r${n % 2 === 0 ? '' : '\n'}`));
    const left = long.flatMap((one) => [one.subarray(0, one.length - 1), one.subarray(-1)]);
    const { bytes, first } = await readStretch(async () => left.shift() ?? Buffer.alloc(0), { from: 20, to: 20 }, 5_000_000);
    const lines = bytes.toString().split(/\r\n|\r/);
    expect(lines[20 - first]?.replaceAll('x', '')).toBe('20');
  });
});
