import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import type { Answer, Ask } from '../../src/core/chat.ts';
import { type Failure, failureIn } from '../../src/core/errors.ts';
import { createEngine } from '../../src/engine/engine.ts';

/** An engine that knows one endpoint of the user’s own. */
export type Talker = AsyncDisposable & {
  call: (ask?: Partial<Ask>) => Promise<Answer>;
  failure: (ask?: Partial<Ask>) => Promise<Failure>;
};

/** `settings` is what stands in the config under the endpoint; `env` is the whole environment. */
export function talkTo(settings: Record<string, unknown>, env: Record<string, string> = {}): Talker {
  const text = JSON.stringify({ providers: { 'custom-x': settings }, timeouts: { total_s: 10 }, retries: 0 });
  const engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] }));
  const call: Talker['call'] = (ask = {}) =>
    engine.call({ ask: { messages: [userText('Hi')], ...ask }, model: 'custom-x/sim-1' });
  return {
    call,
    async failure(ask) {
      const thrown = await call(ask).then(
        () => undefined,
        (error: unknown) => failureIn(error),
      );
      if (thrown === undefined) throw new Error('It answered, or threw what is not a Failure.');
      return thrown;
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}
