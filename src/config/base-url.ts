/** `path` with `tail` after it, where it does not end with it (or with a version of its own) yet. */
function withTail(path: string, tail: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (tail === '' || /\/v\d+\w*$/.test(trimmed)) return trimmed;
  const segments = tail.split('/').slice(1);
  // `https://x/openai` and a tail of `/openai/v1` share a segment.
  for (let shared = segments.length; shared > 0; shared -= 1) {
    const head = `/${segments.slice(0, shared).join('/')}`;
    if (trimmed.endsWith(head)) return [trimmed, ...segments.slice(shared)].join('/');
  }
  return trimmed + tail;
}

/**
 * The root of an API from what people write: with or without a scheme, a slash at its end, the `tail` that belongs there
 * (`/v1`). A bare host without a port gets the port of `like`, the provider's usual address. Undefined: not an address.
 */
export function baseUrlFrom(written: string, tail = '', like?: string): string | undefined {
  const bare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(written);
  // `:11500` is what Ollama takes for this machine.
  const address = bare ? `http://${written.startsWith(':') ? '127.0.0.1' : ''}${written}` : written;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  // An address that says `:80` says it, although the parser drops the usual port.
  const portless = bare && !/^[^/]*:\d+(?:\/|$)/.test(written);
  if (portless && like !== undefined) url.port = new URL(like).port;
  // Where a server listens on every address, a client on the same machine asks loopback (OLLAMA_HOST=0.0.0.0).
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  return `${url.origin}${withTail(url.pathname, tail)}`;
}
