import { describe } from 'vitest';
import { anthropic, anthropicItself } from './behaviours/anthropic.ts';
import { bedrock } from './behaviours/bedrock.ts';
import { chat } from './behaviours/chat.ts';
import { google } from './behaviours/google.ts';
import { responses } from './behaviours/responses.ts';
import { contract } from './contract.ts';
import type { Row } from './rows.ts';

const speaks =
  (wire: Row['wire']) =>
  (row: Row): boolean =>
    row.wire === wire;

describe('a vendor of the chat wire', () => {
  contract(chat, speaks('openai-chat'));
});
describe('a vendor of the Responses API', () => {
  contract(responses, speaks('openai-responses'));
});
describe('a vendor of Anthropic’s wire', () => {
  contract(anthropic, speaks('anthropic-messages'));
});
describe('Anthropic itself', () => {
  contract(anthropicItself, ({ provider }) => provider.id === 'anthropic');
});
describe('Amazon Bedrock', () => {
  contract(bedrock, speaks('bedrock-converse'));
});
describe('Google', () => {
  contract(google, speaks('google-generate'));
});
