import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Config } from '../config/config.ts';
import type { Setup } from '../config/setup.ts';
import type { Answer } from '../core/chat.ts';
import { loadPricer } from '../pricing/price.ts';
import { createPartners, type Partners } from './attempt/partners.ts';
import { createSharedBreaker } from './attempt/shared-breaker.ts';
import { allowing } from './models/allowed.ts';
import { createKnowledge, type Knowledge } from './models/known.ts';
import { createKeeping } from './money/keeping.ts';
import { type OpenBooks, openBooks } from './money/open-books.ts';
import { outputBounds } from './money/output-bounds.ts';
import type { Prices } from './money/quote.ts';
import { createTill, type Till } from './money/till.ts';
import { createOneTry } from './one-try.ts';
import { createPlanner, type Planner } from './planner.ts';
import { createRunner, type Runner } from './runner.ts';
import type { Screen } from './screen.ts';
import { createSharing, type Share } from './sharing.ts';

/** What an engine is made of: all that lives as long as it does. */
export type Assembly = {
  config: Config;
  setups: ReadonlyMap<string, Setup>;
  partners: Partners;
  knowledge: Knowledge;
  books: OpenBooks;
  prices: () => Promise<Prices>;
  till: Till;
  screen: Screen;
  prepare: Planner;
  runner: Runner;
  sharing: Share<Answer & { why?: string }>;
  /** Names this life of the engine, for budgets of a session. */
  life: string;
  /** Cancels every call under way. */
  closing: AbortController;
};

export function assemble(
  config: Config,
  { userAgent, screen, pid }: { userAgent: string; screen: Screen; pid?: number },
): Assembly {
  const partners = createPartners(config, userAgent);
  const knowledge = createKnowledge(config, partners.askForList);
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));
  const closing = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, closing.signal);
  const books = openBooks(config, pid);
  const breaker = async () => createSharedBreaker((await books()).ledger);
  const prices = async (): Promise<Prices> => {
    const catalog = await knowledge.catalog();
    return { config, setups, catalog, price: await loadPricer(), outputBounds: outputBounds(partners, setups, catalog) };
  };
  const till = createTill(config, books, prices);
  const keeping = createKeeping(config, setups, books);
  const prepare = createPlanner({ config, setups, knowledge, breaker, isAllowed: allowing(config.models) });
  const oneTry = createOneTry({ setups, partners, till, keeping, screen });
  const runner = createRunner({
    config,
    setups,
    catalog: knowledge.catalog,
    partners,
    till,
    keeping,
    breaker,
    oneTry,
    closing: closing.signal,
  });
  const sharing: Assembly['sharing'] = createSharing();
  const life = randomUUID();
  return { config, setups, partners, knowledge, books, prices, till, screen, prepare, runner, sharing, life, closing };
}
