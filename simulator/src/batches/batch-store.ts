import { ApiError } from '../http/api-error.ts';
import type { Batch } from './batch.ts';

/** The batches of this process, each visible only to the key that made it. */
export class BatchStore {
  readonly #batches = new Map<string, Batch>();

  /** Keeps a new batch. */
  add(batch: Batch): void {
    this.#batches.set(batch.id, batch);
  }

  /** The batch, or the API's 404; another organisation's batch is not found either. */
  get(id: string, keyHash: string): Batch {
    const batch = this.#batches.get(id);
    if (batch === undefined || batch.keyHash !== keyHash) {
      throw new ApiError(404, `Batch ${id} not found`);
    }
    return batch;
  }

  /** An organisation's batches, most recent first. */
  list(keyHash: string): Batch[] {
    return [...this.#batches.values()].filter((batch) => batch.keyHash === keyHash).reverse();
  }

  /** Forgets an ended batch; one that is still processing must be cancelled first. */
  remove(batch: Batch): void {
    if (batch.endedAt === null) {
      throw new ApiError(400, `Batch ${batch.id} cannot be deleted while it is in progress`);
    }
    this.#batches.delete(batch.id);
  }
}
