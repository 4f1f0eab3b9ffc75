import { describe, expect, it } from 'vitest';
import { WIRES } from '../../src/wires/wire.ts';
import { asWritten, atOnce, cutAfter, endAfter, oneByte, resetAfter, splitInCharacter } from './delivery.ts';
import { dialects } from './dialects/index.ts';
import { answer, endless, failure, failureMidStream, malformed, unstreamed, withStrangers } from './reply.ts';
import type { Script } from './script.ts';
import { SDKS } from './vendor-sdks.ts';
import { startVendor } from './vendor.ts';

const SCRIPT: Partial<Script> = {
  text: ['Grüße, ', 'Welt 🌍'],
  thinking: ['Hm, ', 'so.'],
  usage: { input: 10, cacheRead: 30, output: 9, thinking: 4 },
};

describe.each(WIRES)('the simulated vendor of %s', (wire) => {
  const { stream, whole } = SDKS[wire];
  const start = () => startVendor(dialects[wire]);

  it.each(Object.entries({ asWritten, atOnce, oneByte, splitInCharacter }))(
    'is understood by its SDK, delivered %s',
    async (_, deliver) => {
      await using vendor = await start();
      const asked = vendor.next(answer(SCRIPT), { deliver });
      const heard = await stream(vendor.url);
      expect(heard).toMatchObject({
        text: 'Grüße, Welt 🌍',
        thinking: 'Hm, so.',
        model: dialects[wire].untold?.includes('model') ? undefined : 'sim-1-2026-11-01',
      });
      expect(await asked.over).toBe('finished');
    },
  );

  it('counts tokens as that vendor does', async () => {
    await using vendor = await start();
    vendor.always(answer(SCRIPT));
    expect((await stream(vendor.url)).usage).toMatchSnapshot();
  });

  it('answers without a stream', async () => {
    await using vendor = await start();
    vendor.always(unstreamed(SCRIPT));
    expect(await whole(vendor.url)).toBe('Grüße, Welt 🌍');
  });

  it('says things that its SDK does not mind', async () => {
    await using vendor = await start();
    vendor.always(withStrangers({ text: ['All', ' fine'] }));
    expect((await stream(vendor.url)).text).toBe('All fine');
  });

  it.each(
    Object.entries({
      'a cut': { content: answer(SCRIPT), deliver: cutAfter('half') },
      'a reset': { content: answer(SCRIPT), deliver: resetAfter('half') },
      'an error': { content: failure({ status: 500 }), deliver: asWritten },
      'an error in mid-stream': {
        content: failureMidStream({ status: 503, message: 'Overloaded' }),
        deliver: asWritten,
      },
      'a broken event': { content: malformed(SCRIPT), deliver: asWritten },
      'an early end inside an event': { content: answer(SCRIPT), deliver: endAfter(60) },
    }),
  )('makes its SDK fail with %s', async (_, { content, deliver }) => {
    await using vendor = await start();
    vendor.always(content, { deliver });
    await expect(stream(vendor.url)).rejects.toBeInstanceOf(Error);
  });

  it('closes while a client still hangs on it', async () => {
    const vendor = await start();
    const asked = vendor.next(endless());
    const hanging = stream(vendor.url).catch(() => 'gone');
    await asked.request;
    await vendor.close();
    expect(await asked.over).toBe('broken off');
    expect(await hanging).toBe('gone');
  });

  it('does not pass its own defects off as faults', async () => {
    const vendor = await start();
    vendor.always(answer(), {
      deliver: () => {
        throw new Error('A delivery with a defect.');
      },
    });
    await expect(whole(vendor.url)).rejects.toBeInstanceOf(Error);
    await expect(vendor.close()).rejects.toThrow('could not do what it was told');
  });

  it('says so when it was told nothing', async () => {
    await using vendor = await start();
    await expect(whole(vendor.url)).rejects.toThrow(/not told|501/);
  });
});
