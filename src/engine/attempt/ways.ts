import { envPrefix } from '../../config/env.ts';
import { setupOf } from '../../config/of-model.ts';
import type { Setup } from '../../config/setup.ts';
import type { Ask, Note } from '../../core/chat.ts';
import { type Failure, failureIn } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import { carriesOf } from '../../wires/index.ts';

/** The result of the work, and what is to be told of the way that led there. */
type Walked<T> = { result: T; notes: Note[] };

/** The ways that are known to lead to somebody. A way that is needed for one model only is remembered for it alone. */
export type Ways = {
  /** The way that is taken now. */
  current: (setup: Setup, model: string) => Setup;
  /** Does the work on the way that is known, else on one after the other until somebody answers there. */
  walk: <T>(setup: Setup, model: string, ask: Ask | undefined, work: (way: Setup) => Promise<T>) => Promise<Walked<T>>;
};

/**
 * The ways of reaching a provider for a model, the likeliest first: its roots, and at each of them its protocol and the one
 * that may be spoken there instead. Each is the provider as it is set up, but for the address and the protocol.
 */
function waysOf(setup: Setup, model: string): [Setup, ...Setup[]] {
  const main = setupOf(setup, model);
  const { instead } = main;
  const atRoot = (one: Setup | undefined, nth: number): Setup[] => {
    const baseUrl = one?.otherRoots[nth];
    return one === undefined || baseUrl === undefined ? [] : [{ ...one, baseUrl }];
  };
  const others = main.otherRoots.flatMap((_, nth) => [...atRoot(main, nth), ...atRoot(instead, nth)]);
  return [main, ...(instead === undefined ? [] : [instead]), ...others];
}

/** Tells that another way than the usual one was found, and how to make it the usual one. */
function detour(from: Setup, { provider: { id, wire, title }, baseUrl = '', addressFrom }: Setup): Note {
  const [asked, spoken] = [from.baseUrl ?? '', from.provider.wire];
  if (wire === spoken)
    return { param: 'base_url', asked, sent: baseUrl, why: `${title} answers there: set ${addressFrom} to that` };
  const where = baseUrl === asked ? 'that address' : baseUrl;
  return {
    param: 'wire',
    asked: spoken,
    sent: wire,
    why: `${where} speaks that: set ${envPrefix(id)}_WIRE=${wire}`,
  };
}

/** Nobody is asked in a way that would leave out what the call is about. */
const canCarry = ({ provider }: Setup, ask: Ask | undefined): boolean => !ask?.webSearch || carriesOf(provider).search !== 'none';

/** The first failure, where no way led to anybody, with all that was tried. */
function nowhere(first: Failure, tried: readonly Setup[]): Failure {
  const addressFrom = tried[0]?.addressFrom;
  if (addressFrom === undefined || first.facts.unserved !== 'here') return first;
  const roots = [...new Set(tried.flatMap(({ baseUrl }) => baseUrl ?? []))];
  const wires = [...new Set(tried.map(({ provider: { wire } }) => wire))];
  const advice = `nothing was found at ${list(roots, 'or')}, asked as ${list(wires, 'and')}: correct ${addressFrom}, or the name of the model`;
  return first.with({ advice, remedied: false });
}

export function createWays(): Ways {
  /** The place of the way among the ways of a model, by `provider` or `provider/model`. */
  const known = new Map<string, number>();
  const names = ({ provider: { id } }: Setup, model: string) => ({ here: id, 'for this model': `${id}/${model}` });
  const startOf = (setup: Setup, model: string): number => {
    const { here, 'for this model': own } = names(setup, model);
    return known.get(own) ?? known.get(here) ?? 0;
  };

  return {
    current(setup, model) {
      const ways = waysOf(setup, model);
      return ways[startOf(setup, model)] ?? ways[0];
    },
    async walk(setup, model, ask, work) {
      const start = startOf(setup, model);
      const ways = waysOf(setup, model).flatMap((way, place) =>
        place === start || (place > start && canCarry(way, ask)) ? [{ way, place }] : [],
      );
      const failures: Failure[] = [];
      // A server that knows that a model wants another protocol is at the right address: no other one is tried.
      let rightRoot: string | undefined;
      const remember = (place: number): void => {
        const isModels = failures.some(({ facts }) => facts.unserved === 'for this model');
        if (failures.length > 0) known.set(names(setup, model)[isModels ? 'for this model' : 'here'], place);
      };
      for (const { way, place } of ways) {
        if (rightRoot !== undefined && way.baseUrl !== rightRoot) continue;
        try {
          const result = await work(way);
          remember(place);
          return { result, notes: failures.length === 0 ? [] : [detour(ways[0]?.way ?? setup, way)] };
        } catch (error) {
          const failure = failureIn(error);
          // A server that refuses for another reason is there.
          if (failure?.facts.unserved === undefined || failure.facts.unserved === 'by this id') {
            remember(place);
            throw error;
          }
          if (failure.facts.unserved === 'for this model') rightRoot = way.baseUrl;
          failures.push(failure);
        }
      }
      // A way that was known to lead somewhere does so no more.
      for (const name of Object.values(names(setup, model))) known.delete(name);
      const [first] = failures;
      throw first === undefined
        ? new Error('a provider has no way')
        : nowhere(
            first,
            ways.map(({ way }) => way),
          );
    },
  };
}
