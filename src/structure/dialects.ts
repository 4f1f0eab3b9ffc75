/** What part of JSON Schema a vendor takes natively. Every field is a fact of its documentation. */
export type Dialect = {
  /** The keywords that it follows. Others are left to our own check. */
  keywords: ReadonlySet<string>;
  /** The formats that it follows; absent: any may be named. */
  formats?: ReadonlySet<string>;
  /** Every object names all that it may have (`additionalProperties: false`), and every value has a type. */
  closed: boolean;
  /** Every property is required: one that need not be there may be null instead. */
  nullable: boolean;
  /** The answer has to be an object, and not one of several. */
  objectRoot: boolean;
  /** A schema that refers to itself: at any place, only where the property may be missing, or not at all. */
  recursion: 'any' | 'optional' | 'none';
  /** The values that `enum` may list: any plain ones, or strings and numbers. */
  enums: 'plain' | 'strings and numbers';
  /** The highest `minItems`. */
  minItems?: number;
  /** More than this is refused; absent: nobody says. */
  most: {
    /** Levels of objects and lists. */
    depth?: number;
    /** Properties of all objects together. */
    properties?: number;
    /** Values of all enums together. */
    enumValues?: number;
    /** Characters of all names and of all values of enums. */
    characters?: number;
    /** Properties that need not be there. */
    optional?: number;
    /** Values that may be of several types. */
    unions?: number;
  };
};

const COMMON = [
  'type',
  'description',
  'title',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
];

/** https://developers.openai.com/api/docs/guides/structured-outputs, strict mode. */
export const OPENAI: Dialect = {
  keywords: new Set([
    ...COMMON,
    'format',
    'pattern',
    'multipleOf',
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'minItems',
    'maxItems',
  ]),
  formats: new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']),
  closed: true,
  nullable: true,
  objectRoot: true,
  recursion: 'any',
  enums: 'plain',
  most: { depth: 10, properties: 5000, enumValues: 1000, characters: 120_000 },
};

/** https://platform.claude.com/docs/en/build-with-claude/structured-outputs, and Anthropic's own conversion in its SDK. */
export const ANTHROPIC: Dialect = {
  keywords: new Set([...COMMON, 'format', 'minItems']),
  formats: new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']),
  closed: true,
  nullable: false,
  objectRoot: true,
  recursion: 'none',
  enums: 'plain',
  minItems: 1,
  most: { optional: 24, unions: 16 },
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html: Anthropic's part without its limits. */
export const BEDROCK: Dialect = { ...ANTHROPIC, most: {} };

/** https://ai.google.dev/api/generate-content, `responseJsonSchema`. */
export const GOOGLE: Dialect = {
  keywords: new Set([
    ...COMMON.filter((keyword) => keyword !== 'const'),
    'format',
    'prefixItems',
    'minItems',
    'maxItems',
    'minimum',
    'maximum',
  ]),
  closed: false,
  nullable: false,
  objectRoot: false,
  recursion: 'optional',
  enums: 'strings and numbers',
  most: {},
};
