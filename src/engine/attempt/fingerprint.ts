import { createHash } from 'node:crypto';
import type { Setup } from '../../config/setup.ts';

/** A short name for an account: another key or address is another account. It gives nothing of the key away. */
export const accountOfSetup = (setup: Setup | undefined): string =>
  createHash('sha256')
    .update(`${setup?.baseUrl ?? ''} ${setup?.key?.secret.reveal() ?? ''}`)
    .digest('hex')
    .slice(0, 12);

/** Keys in their order everywhere, so that the same request is the same text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

type Asked = { provider: string; setup: Setup | undefined; body: unknown; owner: string | undefined };

/** The fingerprint of a request: everything that is sent, where it is sent, as whom, and for whom. */
export const requestKey = ({ provider, setup, body, owner }: Asked): string =>
  createHash('sha256')
    .update(
      // Without a key the settings (a project, a region) and headers say whose account it is.
      JSON.stringify(
        canonical([provider, setup?.provider.wire, accountOfSetup(setup), setup?.settings, setup?.headers, body, owner]),
      ),
    )
    .digest('hex');
