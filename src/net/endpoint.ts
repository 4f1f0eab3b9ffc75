import type { Blamed } from './blamed.ts';

/** Where calls go and as whom. The headers are asked for at every request, because tokens are renewed. */
export type Endpoint = Blamed & {
  /** The API's root, without a slash at its end. */
  baseUrl: string;
  headers: () => Promise<Record<string, string>>;
  /** Added to every address. */
  query?: Readonly<Record<string, string>>;
  /** Headers of the SDK's that go out too, besides those that are always kept (a signature, say). */
  keepHeaders?: RegExp;
};
