import { openLedger } from '../../src/ledger/ledger.ts';

/** A process that goes on with a conversation: `thread-writer.ts <home> <id> <name> <how many turns>`. */
const [home = '', id = '', name = '', times = ''] = process.argv.slice(2);
const { threads, close } = await openLedger(home);
process.stdout.write('writing\n');
for (let nth = 0; nth < Number(times); nth += 1) {
  threads.append(
    { id },
    '',
    [
      { role: 'user', content: [{ type: 'text', text: `${name} asks ${nth}` }] },
      { role: 'assistant', content: [{ type: 'text', text: `${name} is answered ${nth}` }], model: 'openai/sim-1' },
    ],
    { keepMs: 86_400_000, maxBytes: 32 * 1_048_576, maxTotalBytes: 1e9 },
  );
}
close();
