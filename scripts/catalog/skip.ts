/** Models that the source calls chat models and that cannot be asked a question in text and answer it in text. */
const SKIP: readonly { model: RegExp; at?: string; why: string }[] = [
  { model: /[:-]batch$/, why: 'the batch endpoint, which answers within a day' },
  { model: /^deep-research-/, why: 'runs as a background job behind an endpoint of its own' },
  { model: /computer-use/, why: 'answers only with actions on a screen' },
  { model: /(?:gemini-3-pro-image|nano-banana)/, why: 'answers with images' },
  { model: /(?:gpt-audio|grok-voice)/, why: 'wants or gives sound' },
  { model: /relace-search/, why: 'answers only with calls of tools' },
  { model: /^auto$/, at: 'openrouter', why: 'a client’s own name for openrouter/auto' },
];

export const isSkipped = (provider: string, id: string): boolean =>
  SKIP.some(({ model, at }) => (at === undefined || at === provider) && model.test(id));
