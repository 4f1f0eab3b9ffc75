import { OPENAI_LIKE, type Provider } from './define.ts';

export const vertex: Provider = {
  id: 'vertex',
  title: 'Google Vertex AI',
  docs: 'https://cloud.google.com/vertex-ai/generative-ai/docs',
  keyEnv: [],
  auth: 'google-adc',
  baseUrl: 'https://{location}-aiplatform.googleapis.com',
  baseUrlEnv: ['GOOGLE_VERTEX_BASE_URL'],
  endings: ['/v1', '/v1beta1'],
  basePath: '/v1/projects/{project}/locations/{location}/publishers/google',
  wire: 'google-generate',
  settings: {
    project: { env: ['GOOGLE_CLOUD_PROJECT'] },
    location: { env: ['GOOGLE_CLOUD_LOCATION'], default: 'global' },
    credentials_file: { env: ['GOOGLE_APPLICATION_CREDENTIALS'] },
  },
  variants: [
    { when: { setting: 'location', is: ['global'] }, use: { baseUrl: 'https://aiplatform.googleapis.com' } },
    // Groups of regions have hosts of their own (docs.cloud.google.com/vertex-ai, locations).
    { when: { setting: 'location', is: ['us', 'eu'] }, use: { baseUrl: 'https://aiplatform.{location}.rep.googleapis.com' } },
    // Claude is served by Anthropic's protocol, below an address that names the model.
    {
      when: { models: ['claude-*'] },
      use: {
        wire: 'anthropic-messages',
        basePath: '/v1/projects/{project}/locations/{location}/publishers/anthropic/models/{model}',
        quirks: { rawPredict: 'vertex-2023-10-16' },
      },
    },
    // Open models are served by OpenAI's protocol under their makers' names.
    {
      when: { models: ['*/*'] },
      use: {
        wire: 'openai-chat',
        basePath: '/v1/projects/{project}/locations/{location}/endpoints/openapi',
        quirks: OPENAI_LIKE,
      },
    },
  ],
  idPrefix: /^(?:publishers\/google\/)?(?:models\/)*/i,
  incidental: true,
};
