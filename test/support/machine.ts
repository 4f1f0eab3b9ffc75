/** Variables of this process; undefined for one that is not to be set. */
type Vars = Readonly<Record<string, string | undefined>>;

function set(vars: Vars): void {
  for (const [name, value] of Object.entries(vars)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** Gives the process these variables, for SDKs that look there themselves. `using` gives back what was there before. */
export function lendVariables(vars: Vars): Disposable {
  const before = Object.fromEntries(Object.keys(vars).map((name) => [name, process.env[name]]));
  set(vars);
  return { [Symbol.dispose]: () => set(before) };
}
