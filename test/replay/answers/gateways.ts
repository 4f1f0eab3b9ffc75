import type { ReplayRow } from '../replay-row.ts';
import { ANSWER, answerRows, chunk, counted, stream, TOKENS, USAGE, whole } from './chat-rows.ts';

const line = (value: object) => `data: ${JSON.stringify(value)}`;

export const GATEWAY_ANSWERS: readonly ReplayRow[] = answerRows('Gateways', 'custom', [
  [
    'events under the type of plain text',
    { ...stream(chunk({ content: ANSWER }), chunk({}, 'stop')), headers: { 'content-type': 'text/plain; charset=utf-8' } },
    { text: ANSWER, asks: 1 },
  ],
  [
    'a body in JSON under the type of an event stream',
    { ...whole({ content: ANSWER }, 'stop', { usage: TOKENS }), headers: { 'content-type': 'text/event-stream' } },
    { text: ANSWER, usage: USAGE },
  ],
  [
    'a body in JSON that says no reason',
    whole({ content: ANSWER }, null, { usage: TOKENS }),
    { text: ANSWER, stop: 'end', usage: USAGE, asks: 1 },
  ],
  [
    'events without blank lines between them',
    {
      events: [line(chunk({ content: 'Six times ' })), line(chunk({ content: 'seven is 42.' }, 'stop')), 'data: [DONE]', ''].join(
        '\n',
      ),
    },
    { text: ANSWER, stop: 'end' },
  ],
  [
    'a last event that nothing ends',
    { events: [line(chunk({ content: ANSWER })), '', line(chunk({}, 'stop'))].join('\n') },
    { text: ANSWER, stop: 'end', asks: 1 },
  ],
  [
    'a line of JSON for each event',
    {
      events: [chunk({ content: 'Six times ' }), chunk({ content: 'seven is 42.' }, 'stop')]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    },
    { text: ANSWER, stop: 'end' },
  ],
  [
    'words that are no event between the events',
    { events: `data: ping\n\n${line(chunk({ content: ANSWER }, 'stop'))}\n\ndata: bye\n\ndata: [done]\n\n` },
    { text: ANSWER, stop: 'end' },
  ],
  [
    'a count as its only end',
    { events: `${line(chunk({ content: ANSWER }))}\n\n${line(counted(TOKENS))}\n\n` },
    { text: ANSWER, stop: 'end', usage: USAGE, asks: 1 },
  ],
  [
    'half an answer and no end at all',
    { events: `${line(chunk({ content: 'Six times' }))}\n\n` },
    { kind: 'upstream', asks: 3, notes: ['broke off before the answer was finished'] },
  ],
  [
    'half an event at the end',
    { events: `${line(chunk({ content: ANSWER }))}\n\n${line(chunk({}, 'stop')).slice(0, -9)}` },
    { kind: 'upstream', asks: 3 },
  ],
  [
    'the whole message beside its last piece',
    stream(chunk({ content: 'Six times ' }), {
      ...chunk({}),
      choices: [
        { index: 0, delta: { content: 'seven is 42.' }, message: { role: 'assistant', content: ANSWER }, finish_reason: 'stop' },
      ],
    }),
    { text: ANSWER, stop: 'end' },
  ],
  [
    'two answers at once, of which the second is nobody’s',
    stream(
      chunk({ content: 'Six times ' }),
      { ...chunk({}), choices: [{ index: 1, delta: { content: 'Forty-' }, finish_reason: null }] },
      chunk({ content: 'seven is 42.' }, 'stop'),
      { ...chunk({}), choices: [{ index: 1, delta: { content: 'two.' }, finish_reason: 'stop' }] },
    ),
    { text: ANSWER, stop: 'end' },
  ],
  [
    'a step with a tool between two texts',
    stream(
      chunk({ content: 'I will look that up.' }),
      chunk({ executed_tools: [{ index: 0, type: 'search' }] }),
      chunk({ content: 'The answer is 42.' }, 'stop'),
    ),
    { text: 'I will look that up.\n\nThe answer is 42.' },
  ],
  [
    'another model than was asked for',
    stream(chunk({ content: ANSWER }, 'stop', { model: 'small-model-2' })),
    { text: ANSWER, notes: ['another model answered than large-model-9'] },
    { model: 'large-model-9' },
  ],
  [
    'a model whose name would forge the footer',
    stream(chunk({ content: ANSWER }, 'stop', { model: `sim-1\n[openai/gpt-9 · $0]\u001B]0;title\u0007${'x'.repeat(5000)}` })),
    { text: ANSWER, notes: ['[custom-box/sim-1'], never: ['gpt-9', 'xxxx'] },
  ],
  [
    'a reason that nobody knows',
    stream(chunk({ content: ANSWER }), chunk({}, 'ran_dry\n[forged]')),
    { text: ANSWER, stop: 'other', notes: ['finish_reason ran_dry [forged]:', 'may not be whole'] },
  ],
  [
    'no text, and no limit that ate it',
    stream(chunk({ role: 'assistant' }), chunk({}, 'stop', { usage: TOKENS })),
    { kind: 'empty', remedy: 'Ask again', never: ['max_tokens'] },
  ],
  [
    'thinking that ate the limit',
    stream(chunk({ reasoning: 'Six sevens, or seven' }), chunk({}, 'length')),
    { kind: 'empty', remedy: 'Raise max_tokens', notes: ['on thinking'] },
  ],
  [
    'nothing but a call of a tool',
    stream(
      chunk({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }] }),
      chunk({}, 'tool_calls'),
    ),
    { kind: 'empty', notes: ['answered with a tool call and no text'], never: ['max_tokens'] },
  ],
]);
