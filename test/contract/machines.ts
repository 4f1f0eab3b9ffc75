import { lendVariables } from '../support/machine.ts';
import { startMetadataServer } from '../support/metadata-server.ts';

/** What a provider without a key of its own finds on the machine: a secret, and where SDKs look for it. */
export type Machine = { secret: string; open: () => Promise<AsyncDisposable> };

/** Somebody who is signed in to AWS by two variables. */
export const signedInToAws: Machine = {
  secret: 'sekret-of-the-aws-account/0123456789+A',
  async open() {
    const variables = lendVariables({
      AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
      AWS_SECRET_ACCESS_KEY: this.secret,
      AWS_SESSION_TOKEN: undefined,
      AWS_CREDENTIAL_EXPIRATION: undefined,
      AWS_CREDENTIAL_SCOPE: undefined,
      AWS_ACCOUNT_ID: undefined,
      AWS_PROFILE: undefined,
    });
    return { [Symbol.asyncDispose]: async () => variables[Symbol.dispose]() };
  },
};

/** A machine in Google's cloud, whose metadata server gives tokens. */
export const inGoogleCloud: Machine = {
  secret: 'sekret-token-of-a-service-account-0123456789',
  async open() {
    const server = await startMetadataServer(this.secret);
    const variables = lendVariables({
      GCE_METADATA_HOST: server.host,
      GCE_METADATA_IP: server.host,
      METADATA_SERVER_DETECTION: 'assume-present',
      GOOGLE_APPLICATION_CREDENTIALS: undefined,
      // The metadata server is not behind the proxy.
      NO_PROXY: '127.0.0.1',
    });
    return {
      async [Symbol.asyncDispose]() {
        variables[Symbol.dispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  },
};
