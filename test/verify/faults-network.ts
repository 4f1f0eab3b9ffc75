import { certify } from '../net/certificate.ts';
import { deadAddress, startPort, startTls } from '../net/proxy.ts';
import { hangUp, resetAfter, silence } from '../support/delivery.ts';
import { redirect } from '../support/reply.ts';
import type { Fault, Place } from './fault.ts';

const FAR = 'http://models.invalid';

const nowhere = (url: string, env: Record<string, string> = {}): Place => ({ url, env, [Symbol.asyncDispose]: async () => {} });

/** An endpoint behind a proxy that says no to whatever it is asked. */
async function behindRefusal(status: string, scheme: 'http' | 'https'): Promise<Place> {
  const proxy = await startPort((socket) => {
    socket.once('data', () => void socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`));
  });
  return { ...proxy, url: FAR.replace('http', scheme), env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url } };
}

async function selfSigned(vendor: string): Promise<Place> {
  const tls = await startTls(vendor, certify('localhost'));
  return { ...tls, url: tls.url.replace('127.0.0.1', 'localhost') };
}

const PROXY_SAYS = ['403 Forbidden', '407 Proxy Authentication Required', '502 Bad Gateway'] as const;

/** What keeps the vendor from being heard at all. */
export const networkFaults: readonly Fault[] = [
  { name: 'connection refused', place: async () => nowhere(await deadAddress()), ends: 'network' },
  { name: 'reset at accept', place: () => startPort((socket) => void socket.resetAndDestroy()), ends: 'network' },
  { name: 'hung up before the status', deliver: hangUp, ends: 'network' },
  { name: 'reset before the body', deliver: resetAfter(0), ends: 'network' },
  { name: 'reset within the body', deliver: resetAfter('half'), ends: 'network' },
  { name: 'silence in place of headers', deliver: silence, patience: { firstByteMs: 60 }, ends: 'timeout' },
  { name: 'a self-signed certificate', place: selfSigned, ends: 'network' },
  { name: 'no TLS where it is expected', place: async (vendor) => nowhere(vendor.replace('http:', 'https:')), ends: 'network' },
  { name: 'a name that does not resolve', place: async () => nowhere(FAR), ends: 'network' },
  { name: 'a redirect to another host', content: redirect(307, `${FAR}/v1`), ends: 'upstream' },
  { name: 'a proxy that is not there', place: async () => nowhere(FAR, { HTTP_PROXY: await deadAddress() }), ends: 'network' },
  ...PROXY_SAYS.flatMap((status) =>
    (['http', 'https'] as const).map((scheme): Fault => ({
      name: `a proxy that says ${status} (${scheme})`,
      place: () => behindRefusal(status, scheme),
      ends: 'network',
    })),
  ),
];
