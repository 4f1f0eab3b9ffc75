import type { Config } from '../../config/config.ts';
import { setupOf } from '../../config/of-model.ts';
import { catalogKey, missingKind, type Setup } from '../../config/setup.ts';
import { refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { carriesOf } from '../../wires/index.ts';
import type { SharedBreaker } from '../attempt/shared-breaker.ts';
import { breakerKey } from '../attempt/shared-breaker.ts';
import type { Knowledge } from '../models/known.ts';
import type { Target } from '../models/resolving.ts';
import type { Intent, Option } from './plan.ts';

/** What looking up an option takes. */
export type Surroundings = {
  config: Config;
  setups: ReadonlyMap<string, Setup>;
  knowledge: Knowledge;
  breaker: SharedBreaker;
  isAllowed: (ref: string) => boolean;
};

/** What is wanted, before anything was looked up. */
export type Wish = {
  /** The models in order of preference; the first is the one that was meant. */
  targets: readonly Target[];
  by: Intent['by'];
  /** What the user wrote, for rules under that name. */
  written?: string | undefined;
  task?: string | undefined;
};

async function optionFor(
  { provider, model, agent }: Target,
  { setups, knowledge, breaker, isAllowed }: Surroundings,
): Promise<Option> {
  const setup = setups.get(provider);
  const catalog = await knowledge.catalog();
  const missing = setup?.missing;
  return {
    provider,
    model,
    ...defined({ agent }),
    facts: setup === undefined ? { id: model } : catalog.facts(catalogKey(setup), model),
    ...(setup === undefined ? {} : { carries: carriesOf(setupOf(setup, model).provider) }),
    ...(setup === undefined || missing === undefined
      ? {}
      : { missing: { kind: missingKind(setup), reason: missing, whole: true as const } }),
    allowed: isAllowed(refText({ provider, model })),
    ...breaker.standing(breakerKey({ provider, model }, setup)),
  };
}

/** The chain that the config names for these models: by what the user wrote, by what it means, by the task, or for all. */
function chainFor({ targets: [first], written, task }: Wish, { fallbacks }: Config): readonly string[] {
  const names = [written, first && refText(first), first?.model].filter((name) => name !== undefined);
  const byModel = names.map((name) => fallbacks.by_model?.[name]).find((chain) => chain !== undefined);
  return (
    first?.agent?.fallbacks ?? byModel ?? (task === undefined ? undefined : fallbacks.by_task?.[task]) ?? fallbacks.default ?? []
  );
}

/** Everything that the plan decides over, looked up. */
export async function intentOf(wish: Wish, around: Surroundings): Promise<Intent> {
  const { knowledge, config } = around;
  const resolved = (names: readonly string[] = []) => Promise.all(names.map((name) => knowledge.resolve(name)));
  const lookUp = (targets: readonly Target[]) => Promise.all(targets.map((target) => optionFor(target, around)));
  const [fallbacks, tooLong, refused] = await Promise.all([
    resolved(chainFor(wish, config)),
    resolved(config.fallbacks.too_long),
    resolved(config.fallbacks.refused),
  ]);
  return {
    by: wish.by,
    options: await lookUp(wish.targets),
    fallbacks: await lookUp(fallbacks),
    chains: { too_long: await lookUp(tooLong), refused: await lookUp(refused) },
  };
}
