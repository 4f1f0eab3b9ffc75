import type { Provider } from './define.ts';

export const vertex: Provider = {
  id: 'vertex',
  title: 'Google Vertex AI',
  families: ['Gemini'],
  docs: 'https://cloud.google.com/vertex-ai/generative-ai/docs',
  keyEnv: [],
  auth: 'google-adc',
  baseUrl: 'https://{location}-aiplatform.googleapis.com',
  basePath: '/v1/projects/{project}/locations/{location}/publishers/google',
  wire: 'google-generate',
  settings: {
    project: { env: ['GOOGLE_CLOUD_PROJECT'] },
    location: { env: ['GOOGLE_CLOUD_LOCATION'], default: 'global' },
    credentials_file: { env: ['GOOGLE_APPLICATION_CREDENTIALS'] },
  },
  variants: [{ when: { setting: 'location', is: ['global'] }, use: { baseUrl: 'https://aiplatform.googleapis.com' } }],
  idPrefix: /^(?:publishers\/google\/)?(?:models\/)*/i,
  incidental: true,
};
