import type { Attempt, Note, Usage } from './chat.ts';

/** How each kind of failure is to be treated. One table; whoever decides, reads it. */
type Policy = {
  /** Whether the same call may succeed when the reader makes it again. */
  retryable: boolean;
  /**
   * Whether the same model is asked again within the call: a vendor's word decides over `no` and `again`, and never over
   * `never`, because nothing has changed; `repair`: once, without the parameter that was refused.
   */
  retry: 'never' | 'no' | 'again' | 'repair';
  /** Whether the next model of the plan is asked: always, never, or only models that the plan holds for this kind. */
  advance: 'yes' | 'no' | 'own chain';
  /** Whether other calls leave the model alone for a while: as long as the vendor says, a while when it goes on, or not. */
  cool: 'header' | 'while' | 'no';
  /** Whether the vendor may have billed what failed so, when it does not say: then the tokens are estimated. */
  billed: 'no' | 'maybe';
  /** What the reader should do, as the end of a sentence; empty where the message itself says it. */
  advice: string;
};

/** A failure that is final for the model that was asked, and for nobody else. Each row says where it differs. */
const FINAL = {
  retryable: false,
  retry: 'never',
  advance: 'yes',
  cool: 'no',
  billed: 'no',
  advice: '',
} as const satisfies Policy;

/** What may be over in a moment. */
const PASSING = { ...FINAL, retryable: true, retry: 'again', cool: 'while' } as const satisfies Policy;

export const POLICY = {
  auth: FINAL,
  no_credit: { ...FINAL, advice: 'add credit or raise the plan at the provider, or name another model' },
  forbidden: { ...FINAL, advice: 'the key lacks the right to this model or region; name another model' },
  // A model that is just being set up may be unknown for a moment; then its vendor says so.
  not_found: { ...FINAL, retry: 'no', advice: 'list_models shows what can be called now' },
  bad_request: { ...FINAL, retry: 'repair', advance: 'no', advice: 'change the parameter that the provider names' },
  unsupported: { ...FINAL, retry: 'repair', advice: 'leave the parameter out or name another model' },
  too_long: { ...FINAL, advance: 'own chain', advice: 'shorten the prompt or name a model with a larger context' },
  refused: { ...FINAL, advance: 'own chain', billed: 'maybe', advice: 'reword the request or name another model' },
  rate_limited: { ...PASSING, cool: 'header', advice: 'wait, or name another model' },
  overloaded: { ...PASSING, advice: 'try again in a moment, or name another model' },
  upstream: { ...PASSING, billed: 'maybe', advice: 'try again, or name another model' },
  network: { ...PASSING, billed: 'maybe', advice: 'check the address and the connection' },
  timeout: {
    ...PASSING,
    retry: 'no',
    billed: 'maybe',
    advice: 'allow more time with timeout_s, or name a faster model',
  },
  cancelled: { ...FINAL, retryable: true, advance: 'no', billed: 'maybe' },
  // A cheaper model may fit.
  budget: { ...FINAL, advance: 'yes', advice: 'raise the budget in your config, or name a cheaper model' },
  // Not asked again: it was billed, and what thinking ate once it eats again.
  empty: { ...FINAL, retryable: true, billed: 'maybe', advice: 'ask again, or name another model' },
  // It was asked twice already, and billed for both.
  invalid_output: { ...FINAL, retryable: true, billed: 'maybe', advice: 'simplify json_schema or name another model' },
  config: FINAL,
  input: { ...FINAL, advance: 'no' },
  defect: { ...FINAL, advance: 'no' },
} as const satisfies Record<string, Policy>;

/** The closed set of ways in which a call can fail. */
export type FailureKind = keyof typeof POLICY;

export type FailureFacts = {
  /** HTTP status, where there was one. */
  status?: number;
  /** How long the vendor asks us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** Whether the same request may be sent again, where the vendor says so (`x-should-retry`) or we know better than the kind. */
  shouldRetry?: boolean;
  /** The parameter that the vendor or we object to. */
  param?: string;
  /** The vendor's own words: bounded, stripped of control characters and keys, and never shown unlabelled. */
  vendorSaid?: string;
  /** What the model answered where it is no use: bounded, on one line, and never shown unlabelled. */
  modelSaid?: string;
  /** Nothing is served at the address, not this model by this protocol, or not by this id: another one may do. */
  unserved?: 'here' | 'for this model' | 'by this id';
  /** What the reader should do, in place of what is advised for all failures of the kind. */
  advice?: string;
  /** The message itself says what to do, so that the kind's general advice would only repeat it. */
  remedied?: boolean;
  /** What had arrived of an answer when it broke off. */
  partial?: string;
  /** What the failed attempt used, where the vendor said so: a failure may be billed. */
  usage?: Usage;
  /** Tokens of an answer that had arrived before it failed, thinking among them, estimated; absent: not a byte of it. */
  heard?: number;
  /** Milliseconds in which nothing of an answer was heard and nothing counted: the model may have thought. */
  silentMs?: number;
  /** The vendor was never reached, so it has nothing to bill. */
  unreached?: boolean;
  attempts?: Attempt[];
  /** What else the reader should know: of money above all, because what failed may have cost. */
  notes?: readonly Note[];
  /** The account of what had gone along with the prompt, in one line. */
  along?: string;
  cause?: unknown;
};

/** A failure that we authored: `message` may be shown to anyone, as it stands. Everything else is a defect. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly facts: Omit<FailureFacts, 'cause'>;

  constructor(kind: FailureKind, message: string, { cause, ...facts }: FailureFacts = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.facts = facts;
  }

  /** The same failure with more facts or a better message, as it passes someone who knows more. */
  with(facts: FailureFacts, message = this.message): Failure {
    return new Failure(this.kind, message, { ...this.facts, cause: this.cause, ...facts });
  }
}

/** The `Failure` in an error's chain of causes (vendor SDKs wrap what our fetch throws), or undefined. */
export function failureIn(error: unknown): Failure | undefined {
  let link = error;
  for (let depth = 0; depth < 8 && link instanceof Error; depth += 1) {
    if (link instanceof Failure) return link;
    link = link.cause;
  }
  return undefined;
}
