import { dialects } from './dialects/index.ts';
import type { Vars } from './home.ts';
import { until } from './until.ts';
import { startVendor, type Vendor, type VendorRequest } from './vendor.ts';

/** A model that no catalogue knows. */
export const MODEL = 'openai/sim-1';

/** A key as a test hands it to the server; no output may show it. */
export const KEY = 'sk-of-an-invented-user-0123456789';

/** A simulated OpenAI. */
export const startOpenAI = (): Promise<Vendor> => startVendor(dialects['openai-responses']);

/** The environment of somebody whose OpenAI it is. */
export const openAIVars = ({ url }: Pick<Vendor, 'url'>): Vars => ({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${url}/v1` });

/** The request that came as the `nth`, as soon as it has. */
export const arrival = ({ requests }: Vendor, nth = 1): Promise<VendorRequest> =>
  until(
    () => requests[nth - 1],
    () => `request ${nth} at the vendor, which has had ${requests.length}`,
  );
