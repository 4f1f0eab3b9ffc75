import type { Path } from '../../config/complaint.ts';
import type { Config } from '../../config/config.ts';
import { setupOf } from '../../config/of-model.ts';
import { isOfProject } from '../../config/project-share.ts';
import { catalogKey, isByNameOnly, missingKind, type Setup } from '../../config/setup.ts';
import { refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { ownEntry } from '../../core/own-entry.ts';
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

/** Why a project's file may not choose a provider, whose credentials are there for something else; undefined: it may. */
const whyNotForProjects = (setup: Setup): string | undefined =>
  isByNameOnly(setup)
    ? `${setup.provider.title} is called only by its own name, and the project's file chose it: name it in your own config (providers: { ${setup.provider.id}: {} }) if projects may choose it`
    : undefined;

async function optionFor(
  { provider, model, instead, agent, project, why }: Target,
  { setups, knowledge, breaker, isAllowed }: Surroundings,
): Promise<Option> {
  const setup = setups.get(provider);
  const catalog = await knowledge.catalog();
  const missing = setup && (setup.missing ?? (project ? whyNotForProjects(setup) : undefined));
  return {
    provider,
    model,
    ...defined({ agent, by: project ? why : undefined }),
    facts: setup === undefined ? { id: model } : catalog.facts(catalogKey(setup), model),
    ...(setup === undefined ? {} : { carries: carriesOf(setupOf(setup, model).provider) }),
    ...(setup === undefined || missing === undefined
      ? {}
      : {
          missing: {
            kind: setup.missing === undefined ? 'config' : missingKind(setup),
            reason: instead === undefined ? missing : `${missing}; ${instead}`,
            whole: true as const,
          },
        }),
    allowed: isAllowed(refText({ provider, model })),
    ...breaker.standing(breakerKey({ provider, model }, setup)),
  };
}

/** Models that a rule names, and where it stands. */
type Chain = { keys: Path; models: readonly string[] };

const chainAt = (keys: Path, models: readonly string[] | undefined): Chain[] => (models === undefined ? [] : [{ keys, models }]);

/** The chain that the config names for these models: by what the user wrote, by what it means, by the task, or for all. */
function chainFor({ targets: [first], written, task = '' }: Wish, { fallbacks }: Config): Chain | undefined {
  const names = [written, first && refText(first), first?.model].filter((name) => name !== undefined);
  const [chain] = [
    ...chainAt(['agents', first?.agent?.name ?? '', 'fallbacks'], first?.agent?.fallbacks),
    ...names.flatMap((name) => chainAt(['fallbacks', 'by_model', name], ownEntry(fallbacks.by_model, name))),
    ...chainAt(['fallbacks', 'by_task', task], ownEntry(fallbacks.by_task, task)),
    ...chainAt(['fallbacks', 'default'], fallbacks.default),
  ];
  return chain;
}

/** What an agent of the user's own is asked stays with the models that the user named: it may have the user's files with it. */
const isKeptFrom = ({ keys }: Chain, { targets: [first] }: Wish, { projectFile }: Config): boolean =>
  first?.agent !== undefined && !first.project && isOfProject(projectFile, keys);

/** Everything that the plan decides over, looked up. */
export async function intentOf(wish: Wish, around: Surroundings): Promise<Intent> {
  const { knowledge, config } = around;
  const resolved = async (chain: Chain | undefined): Promise<Target[]> =>
    chain === undefined || isKeptFrom(chain, wish, config)
      ? []
      : Promise.all(chain.models.map((name, nth) => knowledge.resolveRule([...chain.keys, nth], name)));
  const byKind = (kind: 'too_long' | 'refused') => chainAt(['fallbacks', kind], config.fallbacks[kind])[0];
  const lookUp = (targets: readonly Target[]) => Promise.all(targets.map((target) => optionFor(target, around)));
  const [fallbacks, tooLong, refused] = await Promise.all([
    resolved(chainFor(wish, config)),
    resolved(byKind('too_long')),
    resolved(byKind('refused')),
  ]);
  return {
    by: wish.by,
    options: await lookUp(wish.targets),
    fallbacks: await lookUp(fallbacks),
    chains: { too_long: await lookUp(tooLong), refused: await lookUp(refused) },
  };
}
