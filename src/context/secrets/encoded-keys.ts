import { patterned } from './patterned.ts';
import type { SecretRule } from './secret-rule.ts';

/** Private keys in forms that have no BEGIN and END of their own. */
export const ENCODED_KEYS: readonly SecretRule[] = [
  patterned({
    // A PEM file in base64, as in `client-key-data` of a kubeconfig and in a Kubernetes Secret: `LS0tLS1CRUdJTi` is "-----BEGIN".
    kind: 'private key',
    begins: 'LS0tLS1CRUdJTi',
    pattern:
      /(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi[A-Za-z0-9+/]{20,20000}={0,2}(?:\r?\n[ \t]{0,20}[A-Za-z0-9+/]{20,100}={0,2}){0,400}/,
    accepts: (value) => atob(value.slice(0, 80)).includes('PRIVATE KEY'),
  }),
  patterned({
    kind: 'private key',
    begins: 'Private-Lines:',
    pattern:
      /Private-Lines:[ \t]{0,4}\d{1,4}\r?\n(?<secret>[ \t]{0,20}[A-Za-z0-9+/=]{1,100}(?:\r?\n(?![ \t+]{0,20}Private-)[ \t]{0,20}[A-Za-z0-9+/=]{1,100}){0,400})/,
  }),
];
