import { Failure } from '../core/errors.ts';
import { kept } from './token.ts';

/** What a token for Vertex AI is asked for. https://cloud.google.com/vertex-ai/docs/authentication */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** How long a token counts that does not say when it ends, in milliseconds. */
const UNSAID_MS = 15 * 60_000;

/** Tokens of Google's application default credentials: `credentialsFile`, else what gcloud or the machine offers. */
export function googleToken(credentialsFile: string | undefined): () => Promise<string> {
  const find = async () => {
    const { GoogleAuth } = await import('google-auth-library');
    return new GoogleAuth({
      scopes: SCOPE,
      ...(credentialsFile === undefined ? {} : { keyFilename: credentialsFile }),
    }).getClient();
  };
  let client: ReturnType<typeof find> | undefined;
  return kept(async () => {
    try {
      client ??= find();
      const source = await client;
      const { token } = await source.getAccessToken();
      if (!token) throw new Error('The credentials gave no token');
      return { value: token, expiresAt: source.credentials.expiry_date ?? Date.now() + UNSAID_MS };
    } catch (error) {
      client = undefined;
      throw new Failure(
        'auth',
        'Google gave no token: run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a service-account file',
        { cause: error },
      );
    }
  });
}
