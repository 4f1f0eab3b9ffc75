import type { FailureKind } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';

/** Who failed, in the reader's words. */
export type Blamed = {
  /** `Groq`. */
  title: string;
  /** Its id in a config. */
  provider?: string;
  /** What was sent to say who is calling: `the key in GROQ_API_KEY`; absent where nothing was. */
  credential?: string;
  /** The API's root. */
  baseUrl?: string;
  /** Codes by which it means something else than most vendors do. */
  errorCodes?: Readonly<Record<string, FailureKind>>;
  /** The time zone at whose midnight its limits of a day begin anew. */
  dayBegins?: string;
  secrets: readonly Secret[];
};
