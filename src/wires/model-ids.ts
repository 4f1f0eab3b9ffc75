import type { WireId } from './wire.ts';

/** What may stand before an id in an address and means the same model, and what is no model but has an address there. */
type InPath = { prefix?: RegExp; foreign?: RegExp };

/** The protocols that write a model's id into the address of its request. */
export const IDS_IN_PATH: Readonly<Partial<Record<WireId, InPath>>> = {
  // https://ai.google.dev/api/generate-content: models/{model} or tunedModels/{model}, and the latter are no longer made.
  'google-generate': { prefix: /^(?:models\/)+/i, foreign: /^tunedModels\//i },
  'bedrock-converse': {},
};

/** What may stand before an id of a provider's models, by its row, else by its protocol. */
export const idPrefixOf = ({ wire, idPrefix }: { wire: WireId; idPrefix?: RegExp }): RegExp | undefined =>
  idPrefix ?? IDS_IN_PATH[wire]?.prefix;
