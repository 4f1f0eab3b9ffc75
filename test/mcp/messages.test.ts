import { describe, expect, it } from 'vitest';
import { createLineReader, type Line } from '../../src/mcp/line-reader.ts';
import { MAX_BATCH, readMessages } from '../../src/mcp/messages.ts';

const only = (raw: unknown) => readMessages(raw).incoming[0];

const nested = (depth: number): unknown => {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
};

describe('a message', () => {
  it.each([
    ['without jsonrpc', { id: 1, method: 'ping' }, { jsonrpc: '2.0', id: 1, method: 'ping' }],
    [
      'with params of null',
      { jsonrpc: '2.0', id: 'a', method: 'ping', params: null },
      { jsonrpc: '2.0', id: 'a', method: 'ping' },
    ],
    [
      'with a cursor of null',
      { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { cursor: null } },
      { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
    ],
    [
      'with arguments and a progress token of null',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'x', arguments: null, _meta: { progressToken: null } } },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'x', _meta: {} } },
    ],
    ['that only tells', { method: 'notifications/initialized' }, { jsonrpc: '2.0', method: 'notifications/initialized' }],
    ['that answers us', { id: 7, result: {} }, { jsonrpc: '2.0', id: 7, result: {} }],
  ])('%s is read', (_, raw, message) => {
    expect(only(raw)).toMatchObject({ message });
  });

  it('keeps null within the arguments, which are the tool\u2019s to read', () => {
    const params = { name: 'call_model', arguments: { model: null } };
    expect(only({ id: 1, method: 'tools/call', params })).toMatchObject({ message: { params } });
  });

  it.each([
    ['no object', 7, null, /has to be a JSON object/],
    ['null', null, null, /has to be a JSON object/],
    ['an id of null', { id: null, method: 'ping' }, null, /id of a request has to be a text or a whole number/],
    ['an id that is a list', { id: [1], method: 'ping' }, null, /id of a request/],
    ['an id with a fraction', { id: 1.5, method: 'ping' }, null, /id of a request/],
    ['another version', { jsonrpc: '1.0', id: 3, method: 'ping' }, 3, /jsonrpc has to be "2\.0"/],
    ['a method that is no text', { id: 4, method: 5 }, 4, /method of a request has to be a text/],
    ['params by place', { id: 5, method: 'tools/call', params: ['x'] }, 5, /params has to be an object/],
    ['neither method nor result', { id: 6 }, 6, /has to have a method/],
    ['a call without a name', { id: 7, method: 'tools/call', params: {} }, 7, /^tools\/call: params\.name is missing or/],
    [
      'arguments that are a text',
      { id: 8, method: 'tools/call', params: { name: 'x', arguments: 'y' } },
      8,
      /params\.arguments is/,
    ],
    [
      'an empty greeting',
      { id: 9, method: 'initialize', params: {} },
      9,
      /^initialize: params\.protocolVersion, .+ are missing or/,
    ],
    ['a resource without an address', { id: 10, method: 'resources/read' }, 10, /^resources\/read: params is missing or/],
    ['what is nested without end', { id: 11, method: 'tools/call', params: nested(300_000) }, null, /nested more than 200 deep/],
  ])('with %s is refused in a sentence, under its id where it has one', (_, raw, id, says) => {
    expect(only(raw)).toMatchObject({ refusal: { id, error: { message: expect.stringMatching(says) } } });
  });
});

describe('a batch', () => {
  it('is read as its messages, each for itself', () => {
    const { batch, incoming } = readMessages([{ id: 1, method: 'ping' }, 5, { method: 'notifications/x' }]);
    expect(batch).toBe(true);
    expect(incoming).toMatchObject([{ id: 1 }, { refusal: { id: null } }, { message: { method: 'notifications/x' } }]);
  });

  it('is refused when it is empty, and when it is a flood', () => {
    expect(only([])).toMatchObject({ refusal: { error: { message: 'The batch is empty' } } });
    const flood = Array.from({ length: MAX_BATCH + 1 }, (_, id) => ({ id, method: 'ping' }));
    expect(readMessages(flood).incoming).toMatchObject([{ refusal: { id: null } }]);
  });
});

describe('lines', () => {
  const linesOf = (chunks: readonly string[], maxBytes = 1000): Line[] => {
    const lines: Line[] = [];
    const read = createLineReader(maxBytes, (line) => lines.push(line));
    for (const chunk of chunks) read(Buffer.from(chunk));
    return lines;
  };

  it('are cut where they end, wherever the chunks do', () => {
    const text = 'one\ntwo ü 漢\n\nthree\n';
    const bytes = [...Buffer.from(text)];
    const lines: Line[] = [];
    const read = createLineReader(1000, (line) => lines.push(line));
    for (const byte of bytes) read(Uint8Array.of(byte));
    expect(lines).toEqual(['one', 'two ü 漢', '', 'three'].map((line) => ({ text: line })));
    expect(linesOf([text])).toEqual(lines);
  });

  it('that are too long are skipped and told of, and those after them are read', () => {
    expect(linesOf(['x'.repeat(600), `${'x'.repeat(600)}\nnext\n`])).toEqual([{ tooLong: 1200 }, { text: 'next' }]);
  });

  it('are not handed on before they end', () => {
    expect(linesOf(['half a line'])).toEqual([]);
  });
});
