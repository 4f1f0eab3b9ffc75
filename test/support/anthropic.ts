import { dialects } from './dialects/index.ts';
import type { Vars } from './home.ts';
import { KEY } from './openai.ts';
import { startVendor, type Vendor } from './vendor.ts';

/** A simulated Anthropic. */
export const startAnthropic = (): Promise<Vendor> => startVendor(dialects['anthropic-messages']);

/** The environment of somebody whose Anthropic it is. */
export const anthropicVars = ({ url }: Pick<Vendor, 'url'>): Vars => ({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url });
