import type { Usage } from '../../../src/core/chat.ts';
import { sse } from '../framing.ts';
import type { VendorEvent } from '../framing.ts';
import type { Script, Trouble } from '../script.ts';
import { sum } from './dialect.ts';
import type { Dialect } from './dialect.ts';

const FINISH = { end: 'STOP', length: 'MAX_TOKENS', refused: 'SAFETY' } as const;

const STATUS: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

type Part = { text: string; thought?: true };

/** The prompt's count includes what the cache served; the candidates' count leaves thoughts out. */
function usageMetadata(usage: Usage, done: boolean): object {
  const prompt = sum(usage.input, usage.cacheRead, usage.cacheWrite);
  const candidates = usage.output === undefined ? undefined : usage.output - (usage.thinking ?? 0);
  return {
    ...(prompt === undefined ? {} : { promptTokenCount: prompt }),
    ...(done && candidates !== undefined ? { candidatesTokenCount: candidates } : {}),
    totalTokenCount: (prompt ?? 0) + (done ? (usage.output ?? 0) : 0),
    ...(usage.cacheRead === undefined ? {} : { cachedContentTokenCount: usage.cacheRead }),
    ...(prompt === undefined ? {} : { promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }] }),
    ...(usage.thinking === undefined ? {} : { thoughtsTokenCount: usage.thinking }),
  };
}

const parts = ({ thinking = [], text }: Script): Part[] => [
  ...thinking.map((piece): Part => ({ text: piece, thought: true })),
  ...text.map((piece): Part => ({ text: piece })),
];

function response(script: Script, said: Part[], done: boolean): object {
  return {
    candidates: [
      {
        ...(said.length > 0 ? { content: { parts: said, role: 'model' } } : {}),
        ...(done ? { finishReason: FINISH[script.stop], groundingMetadata: grounding(script) } : {}),
        index: 0,
      },
    ],
    ...(script.usage === null ? {} : { usageMetadata: usageMetadata(script.usage, done) }),
    modelVersion: script.model,
    responseId: 'sim1',
  };
}

/** What an answer was grounded in: a chunk a page, and a query a search. */
const grounding = ({ sources, usage }: Script): object | undefined =>
  sources === undefined
    ? undefined
    : {
        webSearchQueries: Array.from({ length: usage?.searches ?? 0 }, (_, nth) => `query ${nth}`),
        groundingChunks: sources.map(({ url, title }) => ({ web: { uri: url, title } })),
        groundingSupports: [{ segment: { endIndex: 3, text: 'Hel' }, groundingChunkIndices: [0] }],
        searchEntryPoint: { renderedContent: '<div>Search</div>' },
      };

/** The last piece of text comes with the finish reason, as it does from the vendor. */
function events(script: Script): VendorEvent[] {
  const said = parts(script);
  const last = said.at(-1);
  return [
    ...said.slice(0, -1).map((part) => ({ data: response(script, [part], false) })),
    { data: response(script, last === undefined ? [] : [last], true) },
  ];
}

const trouble = ({ status, message, code }: Trouble): object => ({
  error: {
    code: status,
    message: message ?? `The server answered ${status}.`,
    status: code ?? STATUS[status] ?? (status < 500 ? 'FAILED_PRECONDITION' : 'UNKNOWN'),
  },
});

/** Google's generateContent, streamed with `alt=sse`. */
export const googleGenerate: Dialect = {
  wire: 'google-generate',
  framing: sse({ newline: '\r\n' }),
  events,
  whole: (script) => response(script, parts(script), true),
  trouble,
  troubleEvent: (problem) => ({ data: trouble(problem) }),
  untold: ['cacheWrite'],
  stranger: { data: { weatherReport: { forecast: 'sunny' } } },
  complaints: {
    tooLong: {
      status: 400,
      message: 'The input token count (1100042) exceeds the maximum number of tokens allowed (1048576).',
    },
    noCredit: {
      status: 429,
      message: 'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.',
    },
  },
};
