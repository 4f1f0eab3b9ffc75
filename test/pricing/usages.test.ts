import { describe, expect, it } from 'vitest';
import { signedInToAws } from '../contract/machines.ts';
import { openRing } from '../engine/ring.ts';
import { RAW_USAGES } from './raw-usages.ts';
import { reporting } from './reporting.ts';

describe('what an answer cost is what the vendor’s price list says', () => {
  it.each(RAW_USAGES)('$title', async ({ row, model, served = model, raw, usage, sum }) => {
    await using _ = await signedInToAws.open();
    await using ring = await openRing({ names: [row] });
    ring.vendors[0]?.next(reporting(raw, served));
    const provider = row.split(' ')[0] ?? '';
    const answer = await ring.call('Hi', { model: `${provider}/${model}` });
    const nanoUsd = sum.reduce((all, [tokens, nanoEach]) => all + tokens * nanoEach, 0);
    expect(answer.usage).toEqual(usage);
    expect(answer.cost).toEqual({ nanoUsd, from: 'prices' });
  });
});
