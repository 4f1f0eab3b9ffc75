import type { WireId } from '../wires/wire.ts';

/** What the path of one endpoint tells of whoever pasted it: the protocol, and the model where the path names one. */
export type Pasted = { path: string; wire?: WireId; model?: string };

/**
 * The paths of endpoints below the root of an API. Documents, portals and examples show whole addresses, so people paste
 * those. `model` is a group of the pattern.
 */
const ENDPOINTS: readonly { end: RegExp; wire?: WireId }[] = [
  { end: /(?:\/chat)?\/completions$/i, wire: 'openai-chat' },
  { end: /\/responses$/i, wire: 'openai-responses' },
  { end: /\/messages(?:\/count_tokens)?$/i, wire: 'anthropic-messages' },
  { end: /\/models\/(?<model>[^/]+):(?:stream)?generatecontent$/i, wire: 'google-generate' },
  { end: /\/model\/(?<model>[^/]+)\/(?:converse(?:-stream)?|invoke(?:-with-response-stream)?)$/i, wire: 'bedrock-converse' },
  { end: /(?<=\/v\d+\w*)\/(?:models|embeddings)$/i },
  // Several vendors serve Anthropic's protocol below a path of that name.
  { end: /(?<=\/anthropic(?:\/v1)?)$/i, wire: 'anthropic-messages' },
  { end: /\/api\/(?:chat|generate|tags|ps|version)$/i },
];

/** A part of an address as it was before it was escaped; as it stands where it is malformed. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What a pattern found at the end of a path: the path before it, and the model that it names. */
function before(path: string, { index, groups }: RegExpExecArray): Pasted {
  const model = groups?.['model'];
  return { path: path.slice(0, index), ...(model === undefined ? {} : { model: decoded(model) }) };
}

/** A path without the endpoint at its end, and what that endpoint tells. */
export function withoutEndpoint(path: string): Pasted {
  const trimmed = path.replace(/\/+$/, '');
  for (const { end, wire } of ENDPOINTS) {
    const found = end.exec(trimmed);
    if (found === null) continue;
    return { ...before(trimmed, found), ...(wire === undefined ? {} : { wire }) };
  }
  return { path: trimmed };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * A path without the endings that a row names, however many it has; `{model}` in an ending stands for the model, which is
 * told, and `{}` for any name.
 */
export function withoutEndings(path: string, endings: readonly string[]): Pasted {
  for (const ending of endings) {
    const pattern = escaped(ending).replaceAll('\\{model\\}', '(?<model>[^/]+)').replaceAll('\\{\\}', '[^/]+');
    const found = new RegExp(`${pattern}$`, 'i').exec(path);
    if (found === null) continue;
    const { path: rest, model } = before(path, found);
    return { ...(model === undefined ? {} : { model }), ...withoutEndings(rest, endings) };
  }
  return { path };
}
