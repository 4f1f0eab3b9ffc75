type Absent<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** Fields that may be undefined may be absent; the others are there. */
type Defined<T> = Omit<T, Absent<T>> & { [K in Absent<T>]?: Exclude<T[K], undefined> };

/** An object without its undefined fields, so that absent stays absent. */
export function defined<T extends object>(object: T): Defined<T>;
export function defined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
