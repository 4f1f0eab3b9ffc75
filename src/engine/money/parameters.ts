/** A request as a wire wrote it. */
export type Body = Readonly<Record<string, unknown>>;

/** The tables of a request in which wires put parameters. */
const TABLES: ReadonlySet<string> = new Set(['config', 'generationConfig', 'inferenceConfig', 'additionalModelRequestFields']);

/** The parameters of a request, wherever they stand in it. Pure. */
export const parametersIn = (body: Body): [name: string, value: unknown][] =>
  Object.entries(body).flatMap(([name, value]) =>
    TABLES.has(name) && typeof value === 'object' && value !== null ? parametersIn({ ...value }) : [[name, value]],
  );
