import type { FailureKind } from '../core/errors.ts';
import type { SearchFee } from '../core/model.ts';
import type { Quirks, WireId } from '../wires/wire.ts';

/**
 * The way in which a provider is told who is calling: a key in a header of that name (`bearer`: as a bearer token; `basic`: a
 * name and password), a token of Microsoft Entra ID or of Google's application default credentials, AWS's request signature, or
 * not at all.
 */
export type AuthStyle = 'bearer' | 'basic' | 'x-api-key' | 'x-goog-api-key' | 'api-key' | 'entra' | 'google-adc' | 'aws' | 'none';

/** The auth styles that find their own credentials on the machine and take no key. */
export const KEYLESS: ReadonlySet<AuthStyle> = new Set(['entra', 'google-adc', 'aws', 'none']);

/** A setting that a row may ask of the user besides a key, by the name that it has in a config. */
type SettingName = 'organization' | 'project' | 'location' | 'region' | 'account_id' | 'api_version' | 'credentials_file';

type Setting = {
  env: string[];
  default?: string;
  /** The parameter of an address that says it too, as portals write it. */
  query?: string;
};

/** The live list of its models: the path below the root. */
type ModelList = { path: string };

/** The way in which a call reaches the provider: the part of a row that a variant may change. */
export type Access = {
  auth: AuthStyle;
  /** The API's root, to which the wire adds its paths. `{project}` is a setting, `{model}` the model. Absent: the user names one. */
  baseUrl?: string;
  /** The path that has to follow a root that came from the environment or a config, when it is not there yet: `/v1`. */
  basePath?: string;
  /** The place of the key when another wire is chosen by the user. */
  authByWire?: Partial<Record<WireId, AuthStyle>>;
  /** Added to every request's address; an entry whose setting is unset is left out. */
  query?: Record<string, string>;
  /** Sent with every request; an entry whose setting is unset is left out. */
  headers?: Record<string, string>;
  wire: WireId;
  quirks?: Quirks;
  /** Its credentials lie around for other purposes (`HF_TOKEN`), so it is called by name only, until a config names it. */
  incidental?: boolean;
};

/**
 * The condition of a variant: a setting is set (`*`) or has one of these values, another wire was chosen, the model's id fits one
 * of these patterns (`*` is anything), or there is no key.
 */
export type Condition =
  | { setting: SettingName; is: '*' | readonly string[] }
  | { wire: WireId }
  | { models: readonly string[] }
  | 'no key';

/** A different access where a condition holds. */
export type Variant = { when: Condition; use: Partial<Access> };

/** The differences between providers, as data. Documents, `list_models` and error texts read the same facts. */
export type Provider = Access & {
  /** The id in `provider/model`. */
  id: string;
  /** Other names that mean this provider. */
  aliases?: string[];
  title: string;
  /** The families of models that people ask for here, by the names that they use. */
  families?: string[];
  docs: string;
  /** Variables that may hold the key, in order: the first that is set wins. Empty: no key is needed. */
  keyEnv: string[];
  /** A key is sent where there is one and not missed where there is none. */
  keyOptional?: boolean;
  /** Variables that hold a bearer token for an address that the environment names, and for no other. */
  tokenEnv?: string[];
  /** Variables besides `<ID>_BASE_URL` that override the root, in order. */
  baseUrlEnv?: string[];
  /**
   * Endings of addresses that users copy from portals and documents, and that are cut off before `basePath` follows. `{model}`
   * stands for a model, which becomes the default, and `{}` for any name.
   */
  endings?: string[];
  /** The same for paths of other protocols of the vendor: what the query says there is cut off with them. */
  foreignEndings?: string[];
  /** Variables that name the model that the provider's name alone means. */
  modelEnv?: string[];
  settings?: Partial<Record<SettingName, Setting>>;
  /** All that hold are applied, in order. */
  variants?: Variant[];
  /** The access tried once at an address of the user's own where the usual one is not served, unless the user chose a wire. */
  instead?: Partial<Access> & Pick<Access, 'wire'>;
  /** Makes models of its own, as against serving those of others: a bare model name means its maker's API. */
  maker?: boolean;
  /** The whole form of an id of its own, where people leave the beginning out: `nvidia/{model}`. */
  ownId?: string;
  /** Runs on the user's own machine: costs nothing, may be off, and is found when it answers. */
  local?: boolean;
  /** A beginning that may stand before an id of its models and leaves the same model meant. */
  idPrefix?: RegExp;
  /** The catalogue entry that describes its models, when it is not its id; `null`: none does. */
  catalog?: string | null;
  /** `no`: the price data may not price its models by its id, because it serves whatever its user put behind it. */
  prices?: 'no';
  /** Its models that search the web unasked, as patterns over their ids: the same request may get another answer tomorrow. */
  searching?: string[];
  /**
   * Fees that it takes for searches of the web where the price data does not say: the first that is for the model counts.
   * Searches that are free at first are not known to us, and left out. Absent: nobody knows, and a cost with searches is a least
   * one.
   */
  searchFees?: SearchFee[];
  /** The live list of its models; absent: it has none. */
  list?: ModelList;
  /** Codes of its errors that are its own, or that mean something else elsewhere. */
  errorCodes?: Readonly<Record<string, FailureKind>>;
  /** The time zone at whose midnight its limits of a day begin anew. */
  dayBegins?: string;
};

/** The quirks of those who serve OpenAI's chat protocol for models of anybody's. */
export const OPENAI_LIKE = { maxTokensField: 'max_tokens', imageUrls: true, cutsPrompts: true } satisfies Quirks;

/**
 * The traits that servers of one's own machine have in common: OpenAI's chat protocol below `/v1`, models of one's own, and
 * seldom a key.
 */
export const LOCAL_SERVER = {
  keyOptional: true,
  auth: 'bearer',
  basePath: '/v1',
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_tokens', pdf: 'unsupported', cutsPrompts: true },
  local: true,
  catalog: null,
  list: { path: '/models' },
} satisfies Partial<Provider>;
