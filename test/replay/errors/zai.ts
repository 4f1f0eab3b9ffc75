import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const ZAI_ERRORS: readonly ReplayRow[] = errorRows('Z.ai', 'zai', [
  ['a prompt above the context', 400, told('Prompt exceeds max length', { code: '1261' }), 'too_long', 'exceeds max length'],
  [
    'an empty account',
    429,
    told('Insufficient balance or no resource package. Please recharge.', { code: '1113' }),
    'no_credit',
    'Insufficient balance',
  ],
  ['an empty account, in Chinese', 429, told('余额不足或无可用资源包,请充值。', { code: '1113' }), 'no_credit', '余额不足'],
  [
    'a prompt that it does not want, in Chinese',
    400,
    told('系统检测到输入或生成内容可能包含不安全或敏感内容', { code: '1301', contentFilter: [{ level: 1, role: 'user' }] }),
    'refused',
    '敏感内容',
  ],
  [
    'a concurrency',
    429,
    told('High concurrency usage of this API, please reduce concurrency.', { code: '1302' }),
    'rate_limited',
    'High concurrency',
  ],
  [
    'a service that is full',
    429,
    told('The service may be temporarily overloaded, please try again later', { code: '1305' }),
    'overloaded',
    'temporarily overloaded',
  ],
  [
    'a plan that is used up',
    429,
    told('Usage limit reached for 5 hour. Your limit will reset at 2199-12-01 10:00:00', { code: '1308' }),
    'no_credit',
    'Usage limit reached',
  ],
  [
    'a model that nobody knows',
    400,
    told('Unknown Model, please check the model code.', { code: '1211' }),
    'not_found',
    'Unknown Model',
  ],
  ['a key that has run out', 401, told('token expired or incorrect', { code: '401' }), 'auth', 'token expired or incorrect'],
]);
