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

describe('a vendor of the chat wire', async () => {
  await contract(chat, speaks('openai-chat'));
});
describe('a vendor of the Responses API', async () => {
  await contract(responses, speaks('openai-responses'));
});
describe('a vendor of Anthropic’s wire', async () => {
  await contract(anthropic, speaks('anthropic-messages'));
});
describe('Anthropic itself', async () => {
  await contract(anthropicItself, ({ provider }) => provider.id === 'anthropic');
});
describe('Amazon Bedrock', async () => {
  await contract(bedrock, speaks('bedrock-converse'));
});
describe('Google', async () => {
  await contract(google, speaks('google-generate'));
});
