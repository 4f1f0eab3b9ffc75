import type { Blamed } from './blamed.ts';
import { CALLERS, DENIED, LIMITED, type Rule } from './rule.ts';
import { isBeyondLimit, isBeyondMinute, phrases } from './words.ts';

const MONEY = phrases(
  'insufficient[ _-](?:\\w+ )?(?:credits?|balance|funds)',
  '(?:credits?|balance|funds)…(?:too low|insufficient|not enough|depleted|exhausted|used up|ran out|run out)',
  '(?:used|consumed|spent|exceeded)…credits',
  'credit balance',
  '(?:out of|no|any|not enough|without|requires? more|purchase|buy) (?:\\w+ )?credits?\\b',
  'r[au]n out of (?:\\w+ )?(?:credits?|funds|quota|balance)',
  'can only afford',
  'payment (?:is )?(?:required|overdue|failed)',
  'overdue|arrear|good standing',
  'spend(?:ing)?[ -](?:\\w+ )?(?:limit|cap|threshold)',
  'payment method|credit card',
  'account is not active',
  'billing (?:hard )?limit|billing (?:is |has been )?(?:not (?:active|enabled)|disabled)|enable billing',
  'key limit exceeded',
  '(?<!thinking[ _])\\bbudget (?:has been |is |was )?exceeded|over budget|Exceeded\\w*Budget|crossed spend|max budget',
  'free (?:\\w+ )?(?:tier|quota|trial|credits?)…(?:exhausted|exceeded|used up|expired|ended)',
  '(?:subscription|package|plan) (?:has |is )?(?:expired|ended)',
  'top[ -]?up|recharge',
  '余额不足|欠费|额度不足|额度已用',
);

const QUOTA = phrases('insufficient[ _]quota', 'exceeded (?:your )?current quota', 'billing details', 'plans? (?:&|and) billing');

const DAY = phrases(
  'per[ _-]?(?:day|week|month)',
  'Per(?:Day|Week|Month)',
  '\\b(?:daily|weekly|monthly)\\b',
  '\\b[RT]PD\\b',
  '\\b86400 ?s',
  'ByDay\\b',
  '(?:limit|quota|used)…today',
);

/** Words of a limit that is over in a moment. */
export const MINUTE = phrases(
  'per[ _-]?(?:minute|second)',
  'Per(?:Minute|Second)',
  '\\b[RTQ]P[MS]\\b',
  'rate[ _-]?limit',
  'too many requests',
  'too quickly',
  'throttl',
  'burst',
  'allocated quota exceeded',
  'requests list',
  'concurren',
);

const key = ({ credential }: Blamed): string => credential ?? 'the request, which carried no key';

/** Rules about the account and its key: what it may call, how much of it, and from where. */
export const ACCOUNT_RULES: readonly Rule[] = [
  {
    kind: 'auth',
    among: ['auth', ...DENIED],
    words: phrases(
      'key…(?:leaked|compromised|revoked|disabled|deactivated|deleted|expired)',
      '(?:leaked|compromised|revoked|expired|disabled) (?:api[ _-]?)?key',
    ),
    says: (blamed) => `${blamed.title} no longer takes ${key(blamed)}`,
    advice: () => 'make a new key at the provider’s console and set it in place of this one',
  },
  {
    kind: 'forbidden',
    among: ['auth', ...DENIED],
    words: phrases(
      '(?:location|country|region|territory)…(?:not (?:supported|available|allowed)|unsupported|restricted|blocked)',
      '(?:not (?:supported|available|allowed)|unavailable|unsupported)…(?:in|from|for) (?:your |this |the |unsupported )?(?:location|countr(?:y|ies)|region|territory)',
    ),
    says: (blamed) => `${blamed.title} does not serve this model to the region that the call comes from or goes to`,
    advice: () => 'name a model of another provider, or set another region where the provider has several',
  },
  {
    kind: 'forbidden',
    among: DENIED,
    words: phrases('data policy', 'privacy settings'),
    says: (blamed) => `${blamed.title} has nobody who serves this model under the data policy of your account`,
    advice: () => 'change the privacy settings of your account at the provider, or name another model',
  },
  {
    kind: 'forbidden',
    among: DENIED,
    words: phrases(
      'use[ -]case details',
      '(?:accept|agree to)…(?:terms|licen[sc]e|agreement)',
      '(?:request|granted|have|need) access to (?:the |this )?model',
      '(?:api|service)…(?:has not been|is not)…(?:used|enabled|activated)',
      'must be verified',
      '\\bgated\\b',
    ),
    says: (blamed) => `${blamed.title} serves this model only after something is done at its console`,
    advice: () => 'do there what the provider asks for, or name another model',
  },
  {
    kind: 'no_credit',
    among: LIMITED,
    words: /\blimit(?: value)?(?: of)?:? ?0\b(?![.,]?\d)/i,
    says: (blamed) => `${blamed.title} gives this account nothing of this model: its limit is 0`,
    advice: () => 'enable billing or a plan that has the model at the provider, or name another model',
    over: 'never',
  },
  {
    kind: 'too_long',
    among: [...CALLERS, ...LIMITED],
    words: isBeyondMinute,
    says: (blamed) => `This one request is larger than what ${blamed.title} lets the account send in a whole minute`,
    advice: () => 'shorten the prompt or lower max_tokens, name another model, or raise the plan at the provider',
    over: 'never',
  },
  { kind: 'too_long', among: [...CALLERS, ...LIMITED], words: isBeyondLimit, over: 'never' },
  {
    kind: 'no_credit',
    among: ['no_credit'],
    words: /can only afford (\d+)/i,
    advice: (_, found) =>
      `a max_tokens of at most ${found?.[1] ?? 'what is left'} fits what is left; or add credit at the provider`,
  },
  {
    kind: 'rate_limited',
    among: LIMITED,
    words: DAY,
    unless: MONEY,
    says: (blamed) => `${blamed.title} allows no more of this model: its limit of the day, or of a longer time, is used up`,
    advice: () => 'ask again when the limit begins anew, name another model, or raise the plan at the provider',
    over: 'another day',
  },
  { kind: 'no_credit', among: [...LIMITED, 'auth', 'not_found'], words: MONEY },
  { kind: 'no_credit', among: LIMITED, words: /(?:plan|usage) limit/i },
  { kind: 'rate_limited', among: ['rate_limited', 'no_credit'], words: MINUTE },
  { kind: 'no_credit', among: [...LIMITED, 'auth'], words: QUOTA, yields: true },
];
