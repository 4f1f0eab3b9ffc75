import type { ChatQuirks, WireId } from '../wires/wire.ts';

/** How a provider is told who is calling. `none`: it does not ask. */
export type AuthStyle = 'bearer' | 'x-api-key' | 'x-goog-api-key' | 'api-key' | 'none';

/** What differs between providers, as data. Documents, `list_models`, `doctor` and error texts read the same facts. */
export type Provider = {
  /** The id in `provider/model`. */
  id: string;
  /** Other names that mean this provider. */
  aliases?: string[];
  title: string;
  docs: string;
  /** Variables that may hold the key, in order: the first that is set wins. Empty: no key is needed. */
  keyEnv: string[];
  /** A key is sent where there is one and not missed where there is none. */
  keyOptional?: boolean;
  auth: AuthStyle;
  /** The API's root, to which the wire adds its paths. Absent: the user has to name one. */
  baseUrl?: string;
  /** Variables besides `<ID>_BASE_URL` that override the root, in order. */
  baseUrlEnv?: string[];
  /** What has to follow a root that came from the environment, when it is not there yet: `/v1`. */
  basePath?: string;
  wire: WireId;
  quirks?: ChatQuirks;
  /** Headers whose values come from variables, when those are set: `{ 'OpenAI-Organization': 'OPENAI_ORG_ID' }`. */
  headerEnv?: Record<string, string>;
  /** Headers that are always sent. */
  headers?: Record<string, string>;
  /** Makes models of its own, as against serving those of others: a bare model name means its maker's API. */
  maker?: boolean;
  /** Runs on the user's own machine: costs nothing, may be off. */
  local?: boolean;
  /** Its variables lie around for other purposes (`HF_TOKEN`), so it is called by name only, until a config names it. */
  incidental?: boolean;
  /** Which catalogue entry describes its models, when it is not its id; `null`: none does. */
  catalog?: string | null;
};
