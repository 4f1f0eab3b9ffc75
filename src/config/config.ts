import type { Agent } from '../core/agent.ts';
import type { Budget } from '../core/budget.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import type { Rates, SearchFee } from '../core/model.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Proxies } from '../core/proxies.ts';
import { PROVIDERS } from '../providers/index.ts';
import { agentsOf } from './agents.ts';
import { counting, folderOf } from './budget-scopes.ts';
import { budgetsIn } from './budgets.ts';
import { customProviders } from './custom.ts';
import { type Env, firstSet, ownSetting } from './env.ts';
import { type FileRules, filesOf } from './file-rules.ts';
import { type ConfigFile, parseConfigFile, placeIn } from './file.ts';
import { merge } from './merge.ts';
import { matchesNothing, type Named, withIds } from './model-patterns.ts';
import { proxiesIn } from './proxies.ts';
import type { ConfigValues, RateValues, TaskValues } from './schema.ts';
import { type Setup, setUp } from './setup.ts';
import { type ThreadRules, threadsOf } from './thread-rules.ts';

export type { ConfigFile } from './file.ts';

/** Everything that the program was told, checked and joined: argv before environment before files before defaults. */
export type Config = {
  /** In order of preference. */
  providers: readonly Setup[];
  defaultModel?: string;
  aliases: Readonly<Record<string, string>>;
  /** Those aliases that a project's file set, and that file: they may not take the name of a model. */
  projectAliases: readonly { alias: string; path: string }[];
  /** Named profiles, by their names. */
  agents: Readonly<Record<string, Agent>>;
  /** Called when an effort is asked and no model named. */
  thinkingModel?: string;
  /** Whether a summary of what a model thought is asked for and shown. */
  thinkingSummary: boolean;
  files: FileRules;
  threads: ThreadRules;
  /** The most characters of a result, by the name that a host gives as a client. */
  hosts: Readonly<Record<string, { resultChars?: number }>>;
  tasks: Readonly<Record<string, TaskValues>>;
  fallbacks: NonNullable<ConfigValues['fallbacks']>;
  /** Patterns over `provider/model`. */
  models: { allow: readonly string[]; deny: readonly string[] };
  hedgeAfterMs?: number;
  retries: number;
  shareInFlight: boolean;
  /** Where a value stands: the variable that holds it, else `file line n`. */
  place: (keys: readonly (string | number)[]) => string;
  /** Milliseconds. */
  timeouts: { totalMs: number; firstByteMs: number; idleMs: number };
  http: { host: string; port: number; allowedHosts: readonly string[]; allowedOrigins: readonly string[]; maxBodyBytes: number };
  /** Ceilings on money, from all files: all of them hold. */
  budgets: readonly Budget[];
  /** A model without a known price, while a budget blocks. */
  unknownPrice: 'refuse' | 'allow';
  /** The output limit in tokens that is sent while a budget blocks and nobody asked for one. */
  budgetOutputTokens: number;
  /** What the user says that models cost, by patterns over `provider/model`. */
  pricing: readonly { pattern: string; rates: Rates; searchFee?: SearchFee }[];
  /** Answers that are kept; absent: none are. */
  cache?: { ttlMs: number; maxBytes: number };
  /** Whether prompts and answers are kept in the ledger. */
  keepContent: boolean;
  /** The folder that the work is about. */
  project: string;
  /** Where what is kept between runs lies; absent: nothing is kept. */
  home?: string;
  proxies: Proxies;
};

export type ConfigSources = {
  env: Env;
  /** Lowest precedence first: the user's file, then the project's or the named one. */
  files?: readonly ConfigFile[];
  /** The folder for what is kept between runs. */
  home?: string;
  /** The folder that the server was started in. */
  cwd?: string;
  /** The folders that `--allow-dir` names. */
  allowDirs?: readonly string[];
};

const MINUTE_MS = 60_000;

type Parsed = { file: ConfigFile; values: ConfigValues };

/** A name in `providers:` that is no provider is most likely a typing error, so it is one of the config. */
function refuseUnknown({ file, values }: Parsed, known: readonly string[]): void {
  const stranger = Object.keys(values.providers ?? {}).find((id) => !known.includes(id));
  if (stranger === undefined) return;
  throw new Failure(
    'config',
    `${file.path}: providers: "${stranger}" is not a provider${didYouMean(stranger, known)}; endpoints of your own are named custom-<slug>`,
  );
}

/** Files that the user gave to an agent go where the user said: a cloned repository may not change that agent. */
function refuseTakeover({ file, values }: Parsed, others: readonly Parsed[]): void {
  if (file.trusted) return;
  const own = others.filter((other) => other.file.trusted);
  const taken = Object.keys(values.agents ?? {}).find((name) => own.some((other) => other.values.agents?.[name]?.files));
  if (taken === undefined) return;
  throw new Failure(
    'config',
    `${file.path}: the agent "${taken}" is one of your own config and sends files, so a project's file may not change it; rename it`,
  );
}

const asRates = (values: RateValues): Rates =>
  defined({
    input: values.input_usd_per_mtok,
    output: values.output_usd_per_mtok,
    cacheRead: values.cache_read_usd_per_mtok,
    cacheWrite: values.cache_write_usd_per_mtok,
  });

const feeIn = ({ search_usd_per_1000: usdPerThousand }: RateValues): { searchFee?: SearchFee } =>
  usdPerThousand === undefined ? {} : { searchFee: { usdPerThousand, per: 'search' } };

/** The user's prices, by the ids of providers; the later file wins. Throws for one that could never count. */
function pricingOf(parsed: readonly Parsed[], named: Named): Config['pricing'] {
  const said = parsed.flatMap(({ file, values }) =>
    Object.entries(values.pricing ?? {}).map(([key, rates]) => {
      const pattern = withIds(key, named);
      const why = matchesNothing(pattern, named);
      if (why === undefined) return [pattern, { rates: asRates(rates), ...feeIn(rates) }] as const;
      throw new Failure('config', `${placeIn(file, ['pricing', key]) ?? file.path}: pricing.${key} prices nothing: ${why}`);
    }),
  );
  return [...new Map(said)].map(([pattern, price]) => ({ pattern, ...price }));
}

/** What has to do with money. */
function moneyOf(parsed: readonly Parsed[], values: ConfigValues, project: string, named: Named) {
  const { cache = {} } = values;
  return {
    budgets: parsed.flatMap((one) =>
      counting(budgetsIn(one.values, one.file, one.file.trusted ? undefined : project), named, one.file.path),
    ),
    unknownPrice: values.unknown_price ?? 'refuse',
    budgetOutputTokens: values.budget_output_tokens ?? 16_000,
    pricing: pricingOf(parsed, named),
    ...(cache.enabled ? { cache: { ttlMs: (cache.ttl_s ?? 3600) * 1000, maxBytes: (cache.max_mb ?? 100) * 1_048_576 } } : {}),
    keepContent: values.log?.content ?? false,
  };
}

/** The variable that stands over a value of the files, where it is set. */
const variableOf = ([key]: readonly (string | number)[], env: Env): string | undefined =>
  key === 'default_model' && ownSetting(env, 'DEFAULT_MODEL') !== undefined ? 'SWITCHBOARD_DEFAULT_MODEL' : undefined;

/** The names of a project's own that may not be those of models. */
const projectAliasesOf = (parsed: readonly Parsed[]): Config['projectAliases'] =>
  parsed
    .filter(({ file }) => !file.trusted)
    .flatMap(({ file: { path }, values: { aliases = {}, agents = {} } }) =>
      [...Object.keys(aliases), ...Object.keys(agents)].map((alias) => ({ alias, path })),
    );

const hostsOf = ({ hosts = {} }: ConfigValues): Config['hosts'] =>
  Object.fromEntries(Object.entries(hosts).map(([name, { result_chars }]) => [name, defined({ resultChars: result_chars })]));

const timeoutsOf = ({ timeouts = {} }: ConfigValues): Config['timeouts'] => ({
  totalMs: (timeouts.total_s ?? 1800) * 1000,
  firstByteMs: timeouts.first_byte_ms ?? 5 * MINUTE_MS,
  idleMs: timeouts.idle_ms ?? 5 * MINUTE_MS,
});

const httpOf = ({ http = {} }: ConfigValues): Config['http'] => ({
  host: http.host ?? '127.0.0.1',
  port: http.port ?? 8484,
  allowedHosts: http.allowed_hosts ?? [],
  allowedOrigins: http.allowed_origins ?? [],
  maxBodyBytes: (http.max_body_mb ?? 10) * 1_048_576,
});

/** Checks and joins every source. Pure; throws a `config` failure that names the file, the key and the remedy. */
export function parseConfig({ env, files = [], home, cwd = '', allowDirs = [] }: ConfigSources): Config {
  const parsed = files.map((file) => ({ file, values: parseConfigFile(file) }));
  const values = parsed.map((one) => one.values).reduce<ConfigValues>(merge, {});
  const rows = [...PROVIDERS, ...customProviders(Object.keys(values.providers ?? {}), env)];
  const ids = rows.map(({ id }) => id);
  for (const one of parsed) refuseTakeover(one, parsed);
  for (const one of parsed) refuseUnknown(one, ids);
  // Claude Code tells every server where its user works; a server's own folder is often another.
  const project = folderOf(firstSet(env, ['CLAUDE_PROJECT_DIR'])?.value ?? cwd);
  const agents = Object.entries(values.agents ?? {}).map(([name, agent]) => [name, agent.model ?? 'the default model'] as const);
  const named = { rows, short: { ...Object.fromEntries(agents), ...values.aliases } };
  return {
    providers: rows.map((row) => setUp(row, values.providers?.[row.id], env)),
    aliases: values.aliases ?? {},
    projectAliases: projectAliasesOf(parsed),
    agents: agentsOf(values),
    ...defined({
      defaultModel: ownSetting(env, 'DEFAULT_MODEL') ?? values.default_model,
      thinkingModel: values.thinking_model,
      hedgeAfterMs: values.hedge_after_ms ?? undefined,
      home,
    }),
    thinkingSummary: values.thinking_summary ?? false,
    files: filesOf(values, { env, cwd, allowDirs }),
    threads: threadsOf(values),
    hosts: hostsOf(values),
    tasks: values.tasks ?? {},
    fallbacks: values.fallbacks ?? {},
    models: {
      allow: (values.models?.allow ?? ['*']).map((pattern) => withIds(pattern, { rows })),
      deny: (values.models?.deny ?? []).map((pattern) => withIds(pattern, { rows })),
    },
    retries: values.retries ?? 2,
    shareInFlight: values.share_in_flight ?? false,
    // The later file wins, so it is where the value stands.
    place: (keys) =>
      variableOf(keys, env) ?? files.toReversed().flatMap((file) => placeIn(file, keys) ?? [])[0] ?? 'the configuration',
    timeouts: timeoutsOf(values),
    http: httpOf(values),
    ...moneyOf(parsed, values, project, named),
    project,
    proxies: proxiesIn(env),
  };
}
