import { CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY, PROTOCOL_VERSION_META_KEY } from '@modelcontextprotocol/client';

/** The two kinds of clients that there are: those that shake hands first, and those whose every request says who they are. */
export const ERAS = ['legacy', 'modern'] as const;
export type Era = (typeof ERAS)[number];

export const VERSION: Record<Era, string> = { legacy: '2025-11-25', modern: '2026-07-28' };

export const CLIENT_INFO = { name: 'a-client-of-the-tests', version: '1.0.0' };

/** What has to go into `_meta` of every request. */
export const envelope = (era: Era): Record<string, unknown> =>
  era === 'legacy'
    ? {}
    : {
        [PROTOCOL_VERSION_META_KEY]: VERSION.modern,
        [CLIENT_INFO_META_KEY]: CLIENT_INFO,
        [CLIENT_CAPABILITIES_META_KEY]: {},
      };

/** How a client of the older era introduces itself. */
export const HELLO = {
  protocolVersion: VERSION.legacy,
  capabilities: {},
  clientInfo: CLIENT_INFO,
};

type Params = { [key: string]: unknown; name?: string; _meta?: Record<string, unknown> };

/** A request as it is sent over HTTP: headers that repeat the body where the era wants it, and the body. */
export function requestFor(era: Era, method: string, params: Params = {}) {
  const { name, _meta } = params;
  const own = era === 'legacy' ? {} : { 'mcp-method': method, ...(name === undefined ? {} : { 'mcp-name': name }) };
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': VERSION[era],
      ...own,
    },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: { ...envelope(era), ..._meta } } },
  };
}
