import type { Agent } from '../core/agent.ts';
import type { Budget } from '../core/budget.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import type { Rates, SearchFee } from '../core/model.ts';
import { didYouMean } from '../core/nearest.ts';
import { type Programs } from '../core/programs.ts';
import type { Proxies } from '../core/proxies.ts';
import { clip, oneLine } from '../core/text.ts';
import { PROVIDERS } from '../providers/index.ts';
import { agentsOf } from './agents.ts';
import { folderOf } from './budget-scopes.ts';
import { budgetsIn } from './budgets.ts';
import { keyText, type Path, valueAt } from './complaint.ts';
import { customProviders } from './custom.ts';
import { type Env, firstSet, ownSetting } from './env.ts';
import { type FileRules, filesOf } from './file-rules.ts';
import { type ConfigFile, type Parsed, parseConfigFile } from './file.ts';
import { merge } from './merge.ts';
import { matchesNothing, modelsListed, type Named, withIds } from './model-patterns.ts';
import { programsOf } from './programs.ts';
import { type ProjectShare, shareOf } from './project-share.ts';
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
  /** The user's own, which go before every other name. */
  aliases: Readonly<Record<string, string>>;
  /** The user's own named profiles, by their names. */
  agents: Readonly<Record<string, Agent>>;
  /** What of a file counts that came with the project; absent: there is none. */
  projectFile?: ProjectShare;
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
  place: (keys: Path) => string;
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
  programs: Programs;
  /** The folder that the work is about. */
  project: string;
  /** Where what is kept between runs lies; absent: nothing is kept. */
  home?: string;
  proxies: Proxies;
};

export type ConfigSources = {
  env: Env;
  /** The user's own, the last of which wins, and the project's, which comes after all of them. */
  files?: readonly ConfigFile[];
  /** The folder for what is kept between runs. */
  home?: string;
  /** The user's home folder; absent: the one that the environment names. */
  userHome?: string;
  platform?: NodeJS.Platform;
  /** The folder that the server was started in. */
  cwd?: string;
  /** The folders that `--allow-dir` names. */
  allowDirs?: readonly string[];
};

const MINUTE_MS = 60_000;

/** A name in `providers:` that is no provider is most likely a typing error, so it is one of the config. */
function refuseUnknown({ values, placeOf }: Parsed, known: readonly string[]): void {
  const stranger = Object.keys(values.providers ?? {}).find((id) => !known.includes(id));
  if (stranger === undefined) return;
  throw new Failure(
    'config',
    `${placeOf(['providers', stranger])}: providers: "${clip(oneLine(stranger), 60)}" is not a provider${didYouMean(stranger, known)}; endpoints of your own are named custom-<slug>`,
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
  const said = parsed.flatMap(({ values, placeOf }) =>
    Object.entries(values.pricing ?? {}).map(([key, rates]) => {
      const pattern = withIds(key, named);
      const why = matchesNothing(pattern, named);
      if (why === undefined) return [pattern, { rates: asRates(rates), ...feeIn(rates) }] as const;
      throw new Failure('config', `${placeOf(['pricing', key])}: ${keyText(['pricing', key])} prices nothing: ${why}`);
    }),
  );
  return [...new Map(said)].map(([pattern, price]) => ({ pattern, ...price }));
}

/** What has to do with money. */
function moneyOf(parsed: readonly Parsed[], values: ConfigValues, project: string, named: Named) {
  const { cache = {} } = values;
  return {
    budgets: parsed.flatMap((one) => budgetsIn(one, one.file.trusted ? undefined : project, named)),
    unknownPrice: values.unknown_price ?? 'refuse',
    budgetOutputTokens: values.budget_output_tokens ?? 16_000,
    pricing: pricingOf(parsed, named),
    ...(cache.enabled ? { cache: { ttlMs: (cache.ttl_s ?? 3600) * 1000, maxBytes: (cache.max_mb ?? 100) * 1_048_576 } } : {}),
    keepContent: values.log?.content ?? false,
  };
}

/** The variable that stands over a value of the files, where it is set. */
const variableOf = ([key]: Path, env: Env): string | undefined =>
  key === 'default_model' && ownSetting(env, 'DEFAULT_MODEL') !== undefined ? 'SWITCHBOARD_DEFAULT_MODEL' : undefined;

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

/** Where a value counts that several files may say: the last of the user's own, else the project's. */
function findPlace(parsed: readonly Parsed[], keys: Path, env: Env): string {
  const own = parsed.findLast(({ file, values }) => file.trusted && valueAt(values, keys) !== undefined);
  const found = own ?? parsed.find(({ values }) => valueAt(values, keys) !== undefined);
  return variableOf(keys, env) ?? found?.placeOf(keys) ?? 'the configuration';
}

/** The files as one, and what of the project's counts. */
function joinFiles(parsed: readonly Parsed[], env: Env): { values: ConfigValues; own: ConfigValues; projectFile?: ProjectShare } {
  const merged = parsed.flatMap(({ file, values }) => (file.trusted ? [values] : [])).reduce<ConfigValues>(merge, {});
  const own = { ...merged, ...defined({ default_model: ownSetting(env, 'DEFAULT_MODEL') ?? merged.default_model }) };
  const project = parsed.find(({ file }) => !file.trusted);
  if (project === undefined) return { values: own, own };
  const { share, values } = shareOf(project.file.path, project.values, own);
  return { values: merge(own, values), own, projectFile: share };
}

/** Checks and joins every source. Pure; throws a `config` failure that names the file, the key and the remedy. */
export function parseConfig(sources: ConfigSources): Config {
  const { env, files = [], home, cwd = '', allowDirs = [] } = sources;
  const parsed = files.map(parseConfigFile);
  const { values, own, projectFile } = joinFiles(parsed, env);
  const rows = [...PROVIDERS, ...customProviders(Object.keys(values.providers ?? {}), env)];
  const ids = rows.map(({ id }) => id);
  for (const one of parsed) refuseUnknown(one, ids);
  const around = { env, home: sources.userHome ?? env['HOME'] ?? env['USERPROFILE'] ?? '' };
  // Claude Code tells every server where its user works; a server's own folder is often another.
  const project = folderOf(firstSet(env, ['CLAUDE_PROJECT_DIR'])?.value ?? cwd);
  const agents = { ...projectFile?.agents, ...agentsOf(own) };
  const meant = Object.values(agents).map(({ name, model }) => [name, model ?? 'the default model'] as const);
  const named = { rows, short: { ...Object.fromEntries(meant), ...projectFile?.aliases, ...own.aliases } };
  return {
    providers: rows.map((row) => setUp(row, values.providers?.[row.id], env)),
    aliases: own.aliases ?? {},
    agents: agentsOf(own),
    ...defined({
      projectFile,
      defaultModel: values.default_model,
      thinkingModel: values.thinking_model,
      hedgeAfterMs: values.hedge_after_ms ?? undefined,
      home,
    }),
    thinkingSummary: values.thinking_summary ?? false,
    files: filesOf(values, { ...around, cwd, allowDirs }),
    threads: threadsOf(values),
    hosts: hostsOf(values),
    tasks: values.tasks ?? {},
    fallbacks: values.fallbacks ?? {},
    models: {
      allow: modelsListed('allow', parsed, named) ?? ['*'],
      deny: modelsListed('deny', parsed, named) ?? [],
    },
    retries: values.retries ?? 2,
    shareInFlight: values.share_in_flight ?? false,
    place: (keys) => findPlace(parsed, keys, env),
    timeouts: timeoutsOf(values),
    http: httpOf(values),
    ...moneyOf(parsed, values, project, named),
    project,
    programs: programsOf({ ...around, project, platform: sources.platform ?? 'linux' }),
    proxies: proxiesIn(env),
  };
}
