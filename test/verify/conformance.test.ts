import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApp, type HttpApp, MCP_PATH } from '../../src/http/app.ts';
import { origin } from '../support/loopback.ts';
import { createFixtureServer } from './fixtures/server.ts';
import type { Brought } from './npx.ts';
import { REVISIONS } from './revisions.ts';
import { bringSuite, runSuite, type Verdict } from './suite.ts';

/** Our transport as it is in production; only what it serves is of the suite's choosing. */
let app: HttpApp;
let url: string;
let suite: Brought;

beforeAll(async () => {
  const gate = { allowedHosts: [], allowedOrigins: [] };
  app = createHttpApp(() => Promise.resolve(createFixtureServer()), {
    gate,
    maxBodyBytes: 1_000_000,
    onError: () => undefined,
    onRejected: () => undefined,
  });
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  url = origin(app.server) + MCP_PATH;
  suite = await bringSuite();
}, 200_000);
afterAll(() => app.close());

describe.each(REVISIONS)('the official conformance suite, $revision', ({ revision, required, beyond, leftOut }) => {
  let verdict: Verdict;

  beforeAll(async () => {
    verdict = await runSuite(suite, url, revision);
  }, 120_000);

  const isLeftOut = (scenario: string): boolean =>
    Object.keys(leftOut).some((name) => (name.endsWith('*') ? scenario.startsWith(name.slice(0, -1)) : scenario === name));

  it(`finds all ${required.length} of ${required.length} required scenarios passed`, () => {
    expect(verdict.code === 0 ? 'passed' : verdict.words).toBe('passed');
  });

  it('runs what this file says that it runs', () => {
    const counted = [...verdict.scenarios.keys()].filter((scenario) => !isLeftOut(scenario));
    expect(counted.toSorted()).toEqual([...required, ...beyond].toSorted());
  });

  it.each([...required, ...beyond])('%s', (scenario) => {
    const checks = verdict.scenarios.get(scenario) ?? [];
    expect(checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING')).toEqual([]);
    expect(checks.filter(({ status }) => status === 'SUCCESS')).not.toEqual([]);
  });
});
