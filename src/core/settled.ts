import { type Failure, failureIn } from './errors.ts';

export type Settled<T> = { value: T } | { failure: Failure };

/** How work ended, where a failure of ours is an end too; a defect goes on up. */
export async function settled<T>(work: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work };
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    return { failure };
  }
}
