/** `us.`, `eu.`, …: Bedrock's inference profiles; then the maker, as in `anthropic.claude-opus-5-5`. */
const BEDROCK_PREFIX = /^(?:(?:us-gov|us|eu|apac|au|ca|in|jp|global)\.)?[a-z]+\.(?=[a-z])/;
const BEDROCK_VERSION = /-v\d+(?::\d+)?$/;
const DATE = /[-@](?:20\d{6}|20\d\d-\d\d-\d\d)$/;
const VARIANT = /:[a-z]+$/;
/** The same model on a faster seat, at a price of its own. */
const SPEED = /-(?:fast|ultrafast|highspeed)$/;

/**
 * The name of the model itself, whoever serves it: `openai/gpt-5.1`, `openai.gpt-5.1` and `gpt-5.1-2025-11-13` are all
 * `gpt-5-1`. Rules match this, so that none of them holds at the maker's own API only.
 */
export const canonicalId = (id: string): string =>
  id
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(BEDROCK_PREFIX, '')
    .replace(VARIANT, '')
    .replace(BEDROCK_VERSION, '')
    .replace(DATE, '')
    .replace(SPEED, '')
    .replaceAll('.', '-');
