/**
 * Moves this process's clock: Date is as many milliseconds ahead of the machine's clock as the environment says at that
 * moment. Loaded by `--require`, into the tests and into the programs that they start. Timers go on as they are.
 */
const machine = globalThis.Date;
const machineNow = machine.now.bind(machine);
const now = () => machineNow() + Number(process.env.CLOCK_AHEAD_MS ?? 0);

globalThis.Date = new Proxy(machine, {
  construct: (target, values, called) => Reflect.construct(target, values.length === 0 ? [now()] : values, called),
  apply: () => new machine(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
