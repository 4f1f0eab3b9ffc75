/** Why a schema cannot be said in the part of JSON Schema that a vendor takes: a sentence about `it`, the schema. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}
