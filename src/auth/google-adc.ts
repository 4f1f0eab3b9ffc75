import { Failure } from '../core/errors.ts';
import { kept } from './token.ts';

/** What a token for Vertex AI is asked for. https://cloud.google.com/vertex-ai/docs/authentication */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** The library renews by itself; asking it again after this long, in milliseconds, is enough to follow. */
const ASK_AGAIN_MS = 15 * 60_000;

/** Tokens of Google's application default credentials: `credentialsFile`, else what gcloud or the machine offers. */
export function googleToken(credentialsFile: string | undefined): () => Promise<string> {
  let client: Promise<{ getAccessToken: () => Promise<{ token?: string | null }> }> | undefined;
  const find = async () => {
    const { GoogleAuth } = await import('google-auth-library');
    return new GoogleAuth({
      scopes: SCOPE,
      ...(credentialsFile === undefined ? {} : { keyFilename: credentialsFile }),
    }).getClient();
  };
  return kept(async () => {
    try {
      client ??= find();
      const { token } = await (await client).getAccessToken();
      if (!token) throw new Error('The credentials gave no token');
      return { value: token, expiresAt: Date.now() + ASK_AGAIN_MS };
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
