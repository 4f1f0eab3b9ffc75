/** A token and the moment (epoch milliseconds) from which on it is no longer taken. */
export type Token = { value: string; expiresAt: number };

/** Renewed this long before it expires, in milliseconds, so that no request goes out with a token that dies on the way. */
const MARGIN_MS = 5 * 60_000;

/** Hands out one token until it is about to expire; callers that come while it is fetched share the fetch. */
export function kept(fetchToken: () => Promise<Token>, now: () => number = Date.now): () => Promise<string> {
  let token: Token | undefined;
  let fetching: Promise<Token> | undefined;
  return async () => {
    if (token !== undefined && token.expiresAt - MARGIN_MS > now()) return token.value;
    fetching ??= fetchToken().finally(() => (fetching = undefined));
    token = await fetching;
    return token.value;
  };
}
