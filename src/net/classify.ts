import { defined } from '../core/defined.ts';
import { Failure, type FailureKind } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { unserved } from './unserved.ts';
import { quotable, readVendorError, type VendorError } from './vendor-error.ts';

/** Who failed, in the reader's words. */
export type Blamed = {
  /** `Groq`. */
  title: string;
  /** What was sent to say who is calling: `the key in GROQ_API_KEY`; absent where nothing was. */
  credential?: string;
  /** Where they were asked, where that is not their usual address: `https://x.example, which GROQ_BASE_URL names`. */
  place?: string;
  secrets: readonly Secret[];
};

export type Refusal = {
  status: number;
  body: unknown;
  /** A machine-readable code that came beside the body (AWS sends it in a header). */
  code?: string | null;
  retryAfterMs?: number | undefined;
};

const STATUS: Record<number, FailureKind> = {
  400: 'bad_request',
  401: 'auth',
  402: 'no_credit',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_found',
  408: 'timeout',
  409: 'upstream',
  410: 'not_found',
  413: 'too_long',
  415: 'bad_request',
  422: 'bad_request',
  424: 'upstream',
  429: 'rate_limited',
  451: 'forbidden',
  498: 'overloaded', // Groq: flex tier capacity exceeded
  503: 'overloaded',
  529: 'overloaded', // Anthropic
};

/** Machine-readable codes of the vendors. They are precise, so they win over the status. */
const CODES: Record<string, FailureKind> = {
  insufficient_quota: 'no_credit',
  billing_not_active: 'no_credit',
  billing_hard_limit_reached: 'no_credit',
  billing_error: 'no_credit',
  insufficient_balance: 'no_credit',
  credit_limit_exceeded: 'no_credit',
  invalid_api_key: 'auth',
  authentication_error: 'auth',
  api_key_invalid: 'auth',
  unauthenticated: 'auth',
  permission_error: 'forbidden',
  permission_denied: 'forbidden',
  unsupported_country_region_territory: 'forbidden',
  model_not_found: 'not_found',
  model_decommissioned: 'not_found',
  deploymentnotfound: 'not_found',
  not_found_error: 'not_found',
  context_length_exceeded: 'too_long',
  string_above_max_length: 'too_long',
  request_too_large: 'too_long',
  unsupported_parameter: 'unsupported',
  unsupported_value: 'unsupported',
  content_filter: 'refused',
  content_policy_violation: 'refused',
  responsibleaipolicyviolation: 'refused',
  rate_limit_exceeded: 'rate_limited',
  rate_limit_error: 'rate_limited',
  resource_exhausted: 'rate_limited',
  overloaded_error: 'overloaded',
  engine_overloaded: 'overloaded',
  server_overloaded: 'overloaded',
  unavailable: 'overloaded',
  deadline_exceeded: 'upstream',
  timeout_error: 'upstream',
  api_error: 'upstream',
  server_error: 'upstream',
  internal: 'upstream',
  throttlingexception: 'rate_limited',
  servicequotaexceededexception: 'rate_limited',
  accessdeniedexception: 'forbidden',
  unrecognizedclientexception: 'auth',
  incompletesignatureexception: 'auth',
  missingauthenticationtokenexception: 'auth',
  invalidsignatureexception: 'auth',
  expiredtokenexception: 'auth',
  resourcenotfoundexception: 'not_found',
  validationexception: 'bad_request',
  modelnotreadyexception: 'overloaded',
  serviceunavailableexception: 'overloaded',
  modeltimeoutexception: 'upstream',
  modelerrorexception: 'upstream',
  modelstreamerrorexception: 'upstream',
  internalserverexception: 'upstream',
};

type Pattern = { kind: FailureKind; among: readonly FailureKind[]; words: RegExp };

const CLIENT: readonly FailureKind[] = ['bad_request', 'too_long', 'unsupported', 'upstream'];

/** What vendors say only in prose. A pattern applies where status and codes left one of the `among` kinds. */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'no_credit',
    among: ['rate_limited', 'bad_request', 'forbidden', 'auth', 'upstream'],
    words:
      /insufficient[ _](?:quota|credits?|balance|funds)|exceeded your current quota|credit balance|out of credits|billing|payment required|spend(?:ing)? limit|key limit exceeded|(?:plan|usage) limit|purchase (?:more )?credits/i,
  },
  {
    kind: 'too_long',
    among: CLIENT,
    words:
      /context[ _-]?(?:length|window|limit|size)|maximum (?:context|input|prompt)|prompt (?:is )?too (?:long|large)|too many (?:input )?tokens|input (?:is |token count )?(?:too long|exceeds)|exceeds? (?:the )?(?:model'?s? )?(?:max(?:imum)?|available) (?:context|number of (?:input )?tokens|input|sequence)|reduce the length|request (?:entity )?too large|tokens? (?:exceed|in (?:request|prompt) (?:more than|exceeds))|input length|longer than the maximum/i,
  },
  {
    kind: 'auth',
    among: ['bad_request', 'forbidden', 'upstream'],
    words:
      /(?:invalid|incorrect|missing|expired|no) (?:x-)?api[ _-]?key|api key (?:not valid|expired)|invalid (?:auth|token|credentials)|unauthori[sz]ed/i,
  },
  {
    kind: 'not_found',
    among: ['bad_request', 'forbidden', 'upstream'],
    words:
      /model[^.]{0,80}(?:does not exist|not found|not exist|is not a valid|unknown|decommissioned|deprecated and)|(?:no such|unknown|invalid) model|not a valid model|model identifier is invalid/i,
  },
  {
    kind: 'unsupported',
    among: ['bad_request'],
    words:
      /unsupported (?:parameter|value)|(?:is|are) not supported|does(?:n't| not) support|unrecognized request argument|extra inputs are not permitted/i,
  },
  {
    kind: 'refused',
    among: ['bad_request', 'forbidden'],
    words:
      /content (?:management )?(?:policy|filter)|safety (?:system|filter|policy)|flagged (?:as|by|for)|violat\w+ (?:our |the )?(?:usage|content) polic/i,
  },
  {
    kind: 'overloaded',
    among: ['rate_limited', 'upstream'],
    words: /overloaded|at capacity|over capacity|no (?:available )?capacity/i,
  },
  { kind: 'rate_limited', among: ['bad_request', 'upstream', 'forbidden'], words: /rate[ _-]?limit|too many requests/i },
];

/** The parameter an error names in prose: `Unsupported parameter: 'temperature' is not supported`. */
const PARAM =
  /(?:parameter|argument|field|value|property)s?:? *[`'"“]([\w.]+)[`'"”]|[`'"“]([\w.]+)[`'"”] (?:is|does) not support/i;

function kindOf({ status, code: beside, retryAfterMs }: Refusal, error: VendorError): FailureKind {
  // AWS writes `ThrottlingException:http://…`.
  const codes = [...(beside ? [beside.replace(/:.*/, '')] : []), ...error.codes];
  const coded = codes.map((code) => CODES[code.toLowerCase()] ?? STATUS[Number(code)]).find((kind) => kind !== undefined);
  // A code that only says `error` (api_error, server_error) says less than the status that it came with.
  const precise = coded === 'upstream' ? undefined : coded;
  const base = precise ?? STATUS[status] ?? (status >= 500 || status < 400 ? 'upstream' : 'bad_request');
  // Google's per-minute limits speak of `plan and billing` too, but say when to come back: no empty account does.
  if (base === 'rate_limited' && (retryAfterMs ?? error.retryAfterMs) !== undefined) return base;
  return PATTERNS.find(({ among, words }) => among.includes(base) && words.test(error.message))?.kind ?? base;
}

const key = ({ credential }: Blamed): string => credential ?? 'the request, which carried no key';

/** What to do about a key that was refused: it may be for another place. */
function remedyFor({ credential = '', place }: Blamed): string {
  if (!/^the (?:key|token|name)/.test(credential)) return '';
  return place === undefined ? ': check it at the provider’s console' : `: check that it is one for ${place}`;
}

type Say = (blamed: Blamed, param?: string) => string;

const SAY: Partial<Record<FailureKind, Say>> = {
  auth: (blamed) => `${blamed.title} refused ${key(blamed)}`,
  no_credit: (blamed) => `${blamed.title} says that the account has no credit or quota left`,
  forbidden: (blamed) => `${blamed.title} does not allow this for ${key(blamed)}`,
  not_found: (blamed) => `${blamed.title} does not know this model or address`,
  bad_request: (blamed, param) => `${blamed.title} rejected the request${param ? ` because of ${param}` : ''}`,
  unsupported: (blamed, param) => `${blamed.title} does not take ${param ?? 'something in the request'} for this model`,
  too_long: (blamed) => `The prompt is longer than this model at ${blamed.title} takes`,
  refused: (blamed) => `${blamed.title} refused to answer this request`,
  rate_limited: (blamed) => `${blamed.title} limits how often it may be called`,
  overloaded: (blamed) => `${blamed.title} is overloaded`,
  timeout: (blamed) => `${blamed.title} gave up waiting`,
};

/** An authored failure for what a vendor answered, with the vendor's words kept apart and bounded. Pure. */
export function classify(refusal: Refusal, blamed: Blamed): Failure {
  const { status, body } = refusal;
  const error = readVendorError(body);
  const kind = kindOf(refusal, error);
  const named = PARAM.exec(error.message);
  const blamedParam = error.param ?? named?.[1] ?? named?.[2];
  const param = blamedParam === undefined ? undefined : quotable(blamedParam, blamed.secrets);
  const say = SAY[kind] ?? ((who: Blamed) => `${who.title} failed to answer`);
  const wait = refusal.retryAfterMs ?? error.retryAfterMs;
  // What a vendor says of a refused key may echo the key: it is not repeated at all.
  const said = kind === 'auth' ? '' : quotable(error.message, blamed.secrets);
  const remedy = kind === 'auth' ? remedyFor(blamed) : '';
  return new Failure(kind, `${say(blamed, param)}${status >= 400 ? ` (${status})` : ''}${remedy}`, {
    ...(status >= 400 ? { status } : {}),
    ...defined({ retryAfterMs: wait, param, unserved: unserved(status, error) }),
    ...(said === '' ? {} : { vendorSaid: said }),
  });
}
