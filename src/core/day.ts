/** The day of a moment (epoch milliseconds), as dates of models are written: YYYY-MM-DD, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const today = (): string => dayOf(Date.now());
