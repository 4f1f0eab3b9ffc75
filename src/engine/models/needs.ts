import type { Ask } from '../../core/chat.ts';
import type { ModelFacts } from '../../core/model.ts';
import type { Carries } from '../../wires/fit.ts';

/** What an ask may need of a model besides reading text. */
export type Need = 'image' | 'image_url' | 'pdf' | 'search';

/** What is known of a model and of its provider; `carries` absent: nothing of the provider. */
type Known = { facts: ModelFacts; carries?: Carries };

type Ability = {
  /** Whether it is known not to have it. */
  lacks: (known: Known) => boolean;
  /** Whether it is known to have it. */
  has: (known: Known) => boolean;
  /** Why a model that lacks it is not asked. */
  reason: string;
  /** What those that have it do, as the end of "can be called now and"; absent where naming others is not the remedy. */
  does?: string;
  /** The parameter that asked for it. */
  param: string;
};

const reads =
  (what: 'image' | 'pdf') =>
  ({ facts }: Known): boolean | undefined =>
    facts.input?.includes(what);

/** Whether a model can search the web: where its provider has no way of asking for it, it cannot. */
function searches({ facts, carries }: Known): boolean | undefined {
  if (carries === undefined) return undefined;
  return carries.search === 'any' && facts.search !== false;
}

const ABILITIES: Record<Need, Ability> = {
  image: {
    lacks: (known) => reads('image')(known) === false,
    has: (known) => reads('image')(known) === true,
    reason: 'it reads no images',
    does: 'read images',
    param: 'images',
  },
  image_url: {
    lacks: ({ carries }) => carries?.imageUrls === false,
    has: ({ carries }) => carries?.imageUrls === true,
    reason: 'its provider takes no images by address: pass the image as a file or a data URI',
    param: 'images',
  },
  pdf: {
    lacks: (known) => known.carries?.pdfs === 'none' || (known.carries?.pdfs !== 'all' && reads('pdf')(known) === false),
    has: (known) => known.carries?.pdfs === 'all' || (known.carries?.pdfs === 'models' && reads('pdf')(known) === true),
    reason: 'it reads no PDFs',
    does: 'read PDFs',
    param: 'files',
  },
  search: {
    lacks: (known) => searches(known) === false,
    has: (known) => searches(known) === true,
    reason: 'it cannot search the web',
    does: 'search it',
    param: 'web_search',
  },
};

/** What an ask needs, in the order in which lacking it is told. */
export function needsOf({ messages, webSearch }: Ask): Need[] {
  const types = new Set(messages.flatMap(({ content }) => content.map(({ type }) => type)));
  const needs: readonly (readonly [Need, boolean])[] = [
    ['image', types.has('image') || types.has('image_url')],
    ['image_url', types.has('image_url')],
    ['pdf', types.has('pdf')],
    ['search', webSearch === true],
  ];
  return needs.flatMap(([need, wanted]) => (wanted ? [need] : []));
}

/** The first of the needs that a model is known not to meet, and why it is not asked then. */
export function obstacleTo(needs: readonly Need[], known: Known): { need: Need; reason: string } | undefined {
  const need = needs.find((one) => ABILITIES[one].lacks(known));
  return need === undefined ? undefined : { need, reason: ABILITIES[need].reason };
}

/** What a model cannot be given in a conversation, as far as that is known: the types of such parts. */
export const unreadableFor = (known: Known): ('image' | 'image_url' | 'pdf')[] => {
  const image = ABILITIES.image.lacks(known);
  return [
    ...(image ? (['image'] as const) : []),
    ...(image || ABILITIES.image_url.lacks(known) ? (['image_url'] as const) : []),
    ...(ABILITIES.pdf.lacks(known) ? (['pdf'] as const) : []),
  ];
};

/** The characters of base64 in the largest image of an ask. */
export const largestImage = ({ messages }: Ask): number =>
  Math.max(0, ...messages.flatMap(({ content }) => content.map((part) => (part.type === 'image' ? part.data.length : 0))));

const megabytes = (chars: number): string => `${Number((chars / 1e6).toFixed(1))} MB`;

/** Says why a model's provider takes no image of that many characters; undefined where it does, or nobody says. */
export function tooLargeFor(chars: number, { carries }: Pick<Known, 'carries'>): string | undefined {
  const most = carries?.imageChars ?? Infinity;
  if (chars <= most) return undefined;
  return `its provider takes images of at most ${megabytes(most)} as they are sent (in base64), and one has ${megabytes(chars)}: pass a smaller one`;
}

/** Whether a model is known to meet a need. */
export const meets = (need: Need, known: Known): boolean => ABILITIES[need].has(known);

export const abilityOf = (need: Need): Pick<Ability, 'does' | 'param'> => ABILITIES[need];
