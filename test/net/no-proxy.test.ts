import { describe, expect, it } from 'vitest';
import { isPassedBy } from '../../src/net/no-proxy.ts';

const CASES: readonly { none?: string; passed: readonly string[]; asked: readonly string[] }[] = [
  {
    passed: ['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1', 'http://app.localhost'],
    asked: ['http://127.0.0.2:1', 'http://localhost.example.com', 'http://10.0.0.1'],
  },
  {
    none: 'example.com',
    passed: ['https://example.com', 'https://api.example.com', 'https://API.Example.com.'],
    asked: ['https://notexample.com', 'https://example.com.org'],
  },
  { none: '.example.com', passed: ['https://api.example.com', 'https://example.com'], asked: ['https://myexample.com'] },
  { none: '*.example.com', passed: ['https://api.example.com'], asked: ['https://example.org'] },
  {
    none: 'example.com:8443, other.org',
    passed: ['https://example.com:8443', 'https://other.org'],
    asked: ['https://example.com', 'http://example.com:80'],
  },
  { none: 'example.com:443', passed: ['https://example.com'], asked: ['http://example.com'] },
  { none: 'https://example.com/', passed: ['https://example.com'], asked: ['https://example.org'] },
  {
    none: '10.0.0.0/8;192.168.1.0/24',
    passed: ['http://10.9.8.7', 'http://192.168.1.9'],
    asked: ['http://192.168.2.9', 'http://ten.example'],
  },
  { none: '192.168.*', passed: ['http://192.168.4.4'], asked: ['http://192.169.4.4'] },
  { none: 'fd00::/8 [2001:db8::1]', passed: ['http://[fd00::7]', 'http://[2001:db8::1]:8080'], asked: ['http://[2001:db8::2]'] },
  { none: '<local>', passed: ['http://intranet'], asked: ['http://intra.net'] },
  { none: '10.0.0.0/99', passed: [], asked: ['http://10.0.0.1'] },
  { none: '*', passed: ['https://anything.example'], asked: [] },
];

describe.each(CASES)('NO_PROXY=$none', ({ none, passed, asked }) => {
  it('names hosts that are reached without a proxy, and no others', () => {
    for (const address of passed) expect([address, isPassedBy(new URL(address), none)]).toEqual([address, true]);
    for (const address of asked) expect([address, isPassedBy(new URL(address), none)]).toEqual([address, false]);
  });
});
