import type { Starts } from '../context/gate/readings.ts';
import { namesFile } from '../context/gate/writings.ts';
import type { Gathered, Wanted } from '../context/gather.ts';
import type { Ask, Message } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { Pace } from '../core/pace.ts';
import { clip, list, oneLine } from '../core/text.ts';
import type { Room } from '../engine/models/room.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import type { ToolContext } from './define.ts';
import type { EarlierTurns } from './earlier.ts';

/** What goes along with a prompt from the user's machine, and the account of it. */
export type Material = Pick<Gathered, 'sent' | 'leftOut' | 'redacted'> & {
  /** The turn: what was gathered first, the prompt last, because a question is best read after what it is about. */
  message: Message;
  /** What goes along from its conversation. */
  earlier?: EarlierTurns;
  system?: string;
  schema?: NonNullable<Ask['schema']>;
};

const estimate = (text: string): number => estimateTokens({ system: text, messages: [] });

/** Folders are looked for only when a call wants something from them. */
async function rootsFor(
  { images = [], files = [], gitDiff }: Wanted,
  { engine, remote, hostRoots }: ToolContext,
): Promise<Starts> {
  const { flagDirs, allowDirs, cwd, home, projectDir } = engine.config.files;
  if (files.length === 0 && gitDiff === undefined && !images.some(namesFile)) return { roots: [] };
  // A host is asked only where its answer counts.
  const isSaid = remote || flagDirs.length > 0 || allowDirs.length > 0;
  const [offered, { findRoots }] = await Promise.all([isSaid ? undefined : hostRoots?.(), import('../context/gate/roots.ts')]);
  return findRoots({
    allowDirs: flagDirs,
    configDirs: allowDirs,
    ...(offered === undefined ? {} : { hostRoots: offered }),
    ...(projectDir === undefined ? {} : { projectDir }),
    cwd,
    home,
    http: remote ?? false,
    // Only a host can be asked for its workspace.
    typed: hostRoots === undefined && !remote,
  });
}

const NOTHING: Gathered = { text: '', parts: [], sent: [], leftOut: [], redacted: [] };

const wantsNothing = ({ files = [], gitDiff, images = [] }: Wanted): boolean =>
  files.length === 0 && gitDiff === undefined && images.length === 0;

/** So many reasons are told when nothing is left. */
const TOLD = 5;

/** What to do about each thing that came to nothing. */
const REMEDIES: Readonly<Record<'files' | 'gitDiff', string>> = {
  gitDiff: 'stage the changes with git add, or ask for another git_diff (working, staged, a branch or a range)',
  files: 'name files that exist, that no ! excludes and that fit',
};

/** A prompt about material without the material is answered all the same, and paid: better to say so before anybody is asked. */
function refuseNothing({ files = [], gitDiff }: Wanted, { sent, leftOut }: Gathered): void {
  if (sent.length > 0) return;
  const told = leftOut.slice(0, TOLD).map(({ path, why }) => `${path} (${why})`);
  const rest = leftOut.length > TOLD ? [`${leftOut.length - TOLD} more`] : [];
  const remedies = [...(gitDiff === undefined ? [] : [REMEDIES.gitDiff]), ...(files.length === 0 ? [] : [REMEDIES.files])];
  const looked = [...(gitDiff === undefined ? [] : [`git_diff ${gitDiff}`]), ...files.map((file) => `files ${file}`)];
  throw new Failure(
    'input',
    `Nothing of what was named is left to send, so nobody was asked. Looked at: ${clip(oneLine(looked.join(', ')), 300)}. Left out: ${list([...told, ...rest])}. To go on, ${remedies.join('; ')}; or call without them`,
  );
}

async function gatherFor(wanted: Wanted, room: Room, context: ToolContext): Promise<Gathered> {
  const { files } = context.engine.config;
  const { gather } = await import('../context/gather.ts');
  const gathered = await gather(wanted, {
    ...(await rootsFor(wanted, context)),
    maxTokens: room.tokens,
    estimate,
    maxBytes: files.maxBytes,
    onSecret: files.onSecret,
    path: files.path,
    home: files.home,
    ...defined({ configHome: files.configHome, signal: context.signal }),
  });
  refuseNothing(wanted, gathered);
  return gathered;
}

/**
 * Reads what a call wants to send along, within what its models can take, and looks for secrets in everything that is about to be
 * sent, the prompt among it. Throws a `Failure` for what was named and may not be sent; then nothing is sent at all.
 */
export async function materialFor(ask: Ask, wanted: Wanted, room: Room, context: ToolContext): Promise<Material> {
  const { onSecret } = context.engine.config.files;
  // Loaded at the first call: a server that nobody calls parses no rules for secrets.
  const [{ scanText }, { scanJson }, gathered] = await Promise.all([
    import('../context/secrets/scan.ts'),
    import('../context/secrets/json.ts'),
    wantsNothing(wanted) ? NOTHING : gatherFor(wanted, room, context),
  ]);
  const redacted = [...gathered.redacted];
  const pace = new Pace(context.signal);
  const clean = async (name: string, text: string): Promise<string> => {
    const scanned = await scanText(name, text, onSecret, pace);
    redacted.push(...scanned.redacted);
    return scanned.text;
  };
  const content: Message['content'] = gathered.text === '' ? [] : [{ type: 'text', text: gathered.text }];
  content.push(...gathered.parts);
  for (const part of ask.messages.flatMap((message) => message.content))
    content.push(part.type === 'text' ? { type: 'text', text: await clean('prompt', part.text) } : part);
  const system = ask.system === undefined ? {} : { system: await clean('system', ask.system) };
  const scannedSchema = ask.schema && (await scanJson('json_schema', ask.schema, onSecret, pace));
  redacted.push(...(scannedSchema?.redacted ?? []));
  const schema = scannedSchema && { schema: scannedSchema.value };
  return { message: { role: 'user', content }, ...system, ...schema, sent: gathered.sent, leftOut: gathered.leftOut, redacted };
}
