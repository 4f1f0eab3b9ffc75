import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refText } from '../../src/core/chat.ts';
import { POLICY } from '../../src/core/errors.ts';
import { customRow, ROWS } from '../contract/rows.ts';
import type { Row } from '../contract/rows.ts';
import { createMatrix } from './fault-matrix.ts';
import type { Ending, Fault, Skipped } from './fault.ts';
import { expected } from './fault.ts';
import { FAULTS } from './faults.ts';
import { callUnder, DEADLINE_MS, type Ended, HEALTHY, HEALTHY_SAYS } from './faulty-call.ts';

const WIRES: readonly Row[] = [
  customRow('chat', 'openai-chat', '/v1'),
  customRow('responses', 'openai-responses', '/v1'),
  customRow('anthropic', 'anthropic-messages', '/v1'),
  customRow('google', 'google-generate', '/v1beta'),
  ...ROWS.filter(({ name }) => name === 'bedrock as bedrock-converse'),
];

const matrix = createMatrix(WIRES.map(({ wire }) => wire));
let cases = 0;
let skipped = 0;

const isSkipped = (ending: Ending | Skipped): ending is Skipped => typeof ending !== 'string';

const endOf = ({ answer, failure }: Ended): Ending | undefined => (answer === undefined ? failure?.kind : 'answer');

/** Who was asked, in order, and how each ended. */
const triesOf = ({ answer, failure }: Ended): string[] =>
  (answer?.attempts ?? failure?.facts.attempts ?? []).map((one) => `${refText(one)} ${one.kind ?? one.outcome}`);

function expectHealthy(ended: Ended, model: string, kind: Ending): void {
  expect(endOf(ended)).toBe('answer');
  expect(ended.answer).toMatchObject({ text: HEALTHY_SAYS, served: { provider: 'custom-healthy' } });
  expect(ended.answer?.notes).toContainEqual({ param: 'model', asked: model, sent: HEALTHY, why: expect.stringMatching(/\S/) });
  expect(triesOf(ended)).toEqual([`${model} ${kind}`, `${HEALTHY} answered`]);
  expect(ended.healthyAsked).toBe(1);
  expect(ended.ms).toBeLessThan(DEADLINE_MS);
}

/** Runs one cell of the matrix, and returns what stands in it. */
async function cellOf(fault: Fault, row: Row, ends: Ending): Promise<string> {
  const model = `${row.provider.id}/sim-1`;
  const alone = await callUnder(fault, row);
  expect(endOf(alone), alone.failure?.message).toBe(fault.alone ?? ends);
  if (fault.retryAfterMs !== undefined) {
    const waitMs = alone.failure?.facts.retryAfterMs;
    expect(waitMs).toBeGreaterThanOrEqual(fault.retryAfterMs[0]);
    expect(waitMs).toBeLessThanOrEqual(fault.retryAfterMs[1]);
  }
  const helped = await callUnder(fault, row, { default: [HEALTHY] });
  if (ends !== 'answer' && POLICY[ends].advance === 'yes') {
    expectHealthy(helped, model, ends);
    return `${ends} > next`;
  }
  expect(endOf(helped)).toBe(ends);
  expect(helped.healthyAsked).toBe(0);
  if (ends !== 'too_long' && ends !== 'refused') return ends;
  expectHealthy(await callUnder(fault, row, { [ends]: [HEALTHY] }), model, ends);
  return `${ends} > own chain`;
}

describe.each(WIRES.map((row) => [row.wire, row] as const))('%s', (wire, row) => {
  let machine: AsyncDisposable | undefined;
  beforeAll(async () => {
    machine = await row.machine?.open();
  });
  afterAll(() => machine?.[Symbol.asyncDispose]());

  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
    const should = expected(fault, wire);
    if (isSkipped(should)) {
      skipped += 1;
      matrix.put(name, wire, '(not here)');
      expect(should.skip).toMatch(/\S/);
      return;
    }
    matrix.put(name, wire, 'FAILED');
    matrix.put(name, wire, await cellOf(fault, row, should));
    cases += 1;
  });
});

afterAll(() => {
  const count = `${FAULTS.length} faults x ${WIRES.length} wires: ${cases} as expected, ${skipped} cannot happen`;
  process.stdout.write(`\n${matrix.text()}\n\n${count}\n`);
});
