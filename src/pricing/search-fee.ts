import type { SearchFee } from '../core/model.ts';

/** What a vendor takes in dollars for so many searches of one answer; undefined where nobody knows. Pure. */
export function searchUsd(searches: number, model: string, fees: readonly SearchFee[] = []): number | undefined {
  if (searches === 0) return 0;
  const fee = fees.find(({ models = '' }) => model.toLowerCase().startsWith(models));
  return fee && ((fee.per === 'answer' ? 1 : searches) * fee.usdPerThousand) / 1000;
}
