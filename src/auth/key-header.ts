import type { Secret } from '../core/secret.ts';
import type { AuthStyle } from '../providers/define.ts';

const HEADER: Record<AuthStyle, (key: string) => Record<string, string>> = {
  bearer: (key) => ({ authorization: `Bearer ${key}` }),
  'x-api-key': (key) => ({ 'x-api-key': key }),
  'x-goog-api-key': (key) => ({ 'x-goog-api-key': key }),
  'api-key': (key) => ({ 'api-key': key }),
  none: () => ({}),
};

/** The header in which a provider expects its key; empty where there is no key to send. */
export const keyHeader = (style: AuthStyle, key: Secret | undefined): Record<string, string> =>
  key === undefined ? {} : HEADER[style](key.reveal());
