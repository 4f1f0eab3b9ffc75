import { createSharedBreaker } from '../../src/engine/attempt/shared-breaker.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { counted, KEY, TIMES } from './breaker.ts';

/** A process of its own over one ledger: `worker.ts <home> <what to do>`. */
const [home = '', task = ''] = process.argv.slice(2);
const ledger = await openLedger(home);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const TASKS: Readonly<Record<string, () => void>> = {
  count() {
    for (let n = 0; n < TIMES; n += 1) ledger.breaker.update(KEY, counted);
  },
  enter: () => say(`entered: ${createSharedBreaker(ledger).enter(KEY)}`),
  'write on'() {
    say('writing');
    for (;;) ledger.breaker.update(KEY, counted);
  },
  die: () =>
    void ledger.breaker.update(KEY, (state) => {
      process.kill(process.pid, 'SIGKILL');
      return counted(state);
    }),
};

TASKS[task]?.();
