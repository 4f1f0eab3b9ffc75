import type { FailureFacts, FailureKind } from '../core/errors.ts';
import type { Blamed } from './blamed.ts';

/** What the words of a vendor make of a failure that its status and codes tell less precisely. */
export type Rule = {
  kind: FailureKind;
  /** The kinds, by status and codes, to which the rule applies. */
  among: readonly FailureKind[];
  words: RegExp | ((text: string) => boolean);
  /** Words under which the rule does not apply. */
  unless?: RegExp;
  /** What failed, in place of what is said of all failures of the kind. */
  says?: (blamed: Blamed) => string;
  /** What the reader should do, in place of what is advised for all failures of the kind. */
  advice?: (blamed: Blamed, found: RegExpExecArray | null) => string;
  /** What is not served, where another protocol or id would do. */
  unserved?: FailureFacts['unserved'];
  /** It gives way where the vendor says when a limit is over: no empty account does. */
  yields?: true;
  /** When such a limit is over, where a wait that the vendor states tells less. Asking again within the call is no use. */
  over?: 'another day' | 'never';
};

/** Kinds that the caller can do something about, or that a proxy tells of them. */
export const CALLERS: readonly FailureKind[] = ['bad_request', 'unsupported', 'upstream', 'too_long'];
/** Kinds by which something is denied. */
export const DENIED: readonly FailureKind[] = ['forbidden', 'not_found', 'bad_request', 'unsupported', 'upstream'];
/** Kinds by which a limit is told. */
export const LIMITED: readonly FailureKind[] = [
  'rate_limited',
  'no_credit',
  'bad_request',
  'forbidden',
  'upstream',
  'overloaded',
];
