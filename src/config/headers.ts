import type { Env } from './env.ts';
import { expanded } from './expanded.ts';

/** A header's name, and what its value may hold (RFC 9110): a line break would end it. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t -~\u0080-\u00ff]*$/;

type Headers = { headers: Record<string, string>; wrong?: string };

/** The headers that a config sets, with the variables that they name; `wrong` is what is wrong with the first, as a whole sentence. */
export function headersOf(written: Readonly<Record<string, string>> = {}, env: Env, place: string): Headers {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    const { text, unset } = expanded(value, env);
    if (unset !== undefined)
      return { headers, wrong: `${place}.headers.${name} names \${${unset}}, which is not set in the environment` };
    if (!NAME.test(name) || !VALUE.test(text))
      return { headers, wrong: `${place}.headers.${name} holds characters that no header may have, such as a line break` };
    headers[name] = text;
  }
  return { headers };
}
