import type { Config } from '../config/config.ts';
import type { Setup } from '../config/setup.ts';
import { validateSchema } from '../structure/validate-schema.ts';
import type { SharedBreaker } from './attempt/shared-breaker.ts';
import type { Knowledge } from './models/known.ts';
import { meantModel } from './models/meant.ts';
import { panelOf } from './models/panel.ts';
import { intentOf, type Wish } from './plan/intent.ts';
import { nothingLeft } from './plan/nothing-left.ts';
import { plan } from './plan/plan.ts';
import type { CallRequest, Prepared } from './request.ts';

/** What a request is understood by. */
type Around = {
  config: Config;
  setups: ReadonlyMap<string, Setup>;
  knowledge: Knowledge;
  breaker: () => Promise<SharedBreaker>;
  isAllowed: (ref: string) => boolean;
};

/**
 * Understands a request: what it asks for, and who would be asked. Throws `not_found`, `input` or `config` failures for a
 * model that is not known and a schema that is none, and why the first model cannot be asked where nobody can.
 */
export type Planner = (request: CallRequest, hostFamily: string | undefined) => Promise<Prepared>;

export function createPlanner({ config, setups, knowledge, breaker, isAllowed }: Around): Planner {
  async function wishOf({ ask, model, choice }: CallRequest, hostFamily: string | undefined): Promise<Wish> {
    if (choice !== undefined) return { by: 'choice', targets: choice.targets, task: choice.task };
    const meant = meantModel(ask.effort, model, config);
    const target =
      model === undefined && meant !== undefined
        ? { why: 'your thinking_model', ...(await knowledge.resolveRule(['thinking_model'], meant, hostFamily)) }
        : await knowledge.resolve(meant, hostFamily);
    const written = meant ?? config.defaultModel;
    if (written !== undefined) return { by: 'explicit', targets: [target], written };
    // Nobody named a model, so any strong one will do when this one fails.
    return { by: 'choice', targets: [target, ...(await panelOf({ config, catalog: knowledge.catalog }, hostFamily))] };
  }

  return async (request, hostFamily) => {
    if (request.ask.schema !== undefined) validateSchema(request.ask.schema);
    const wish = await wishOf(request, hostFamily);
    const surroundings = { config, setups, knowledge, breaker: await breaker(), isAllowed };
    const made = plan(request.ask, await intentOf(wish, surroundings));
    if (made.tries.length === 0) throw await nothingLeft(made, { config, catalog: knowledge.catalog, isAllowed });
    return { wish, plan: made };
  };
}
