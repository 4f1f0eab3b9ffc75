/** The id of a request, as JSON-RPC allows it. */
type Id = string | number;

/** One batch: the requests that are still to be answered, and the answers that have come. */
export type Batch = { waiting: Set<Id>; answers: unknown[] };

/** Collects the answers to batches, which go out together. */
export type Batches = {
  open: () => Batch;
  /** Keeps an answer that belongs to a batch; returns false for one that belongs to none. */
  join: (id: Id, answer: unknown) => boolean;
  /** Sends the answers of a batch once none of them is to come. */
  flush: (batch: Batch) => void;
};

/** Creates the collection; `send` writes the answers of one batch. */
export function createBatches(send: (answers: readonly unknown[]) => void): Batches {
  const batches = new Set<Batch>();
  const flush = (batch: Batch): void => {
    if (batch.waiting.size > 0) return;
    batches.delete(batch);
    if (batch.answers.length > 0) send(batch.answers);
  };
  return {
    flush,
    open() {
      const batch: Batch = { waiting: new Set(), answers: [] };
      batches.add(batch);
      return batch;
    },
    join(id, answer) {
      const batch = [...batches].find(({ waiting }) => waiting.has(id));
      if (batch === undefined) return false;
      batch.waiting.delete(id);
      batch.answers.push(answer);
      flush(batch);
      return true;
    },
  };
}
