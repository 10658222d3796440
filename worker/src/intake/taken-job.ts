import type { Job } from 'pg-boss';
import type { Delivery } from '../runner/return-job.ts';

/** One delivery of a job, now ours. */
export type TakenJob<Payload = object> = Pick<Job<Payload>, 'id' | 'name' | 'data' | 'retryCount'>;

/** How the queue returns it. */
export type TakenRow = { id: string; name: string; data: object; retry_count: number };

export function takenJob<Payload>(row: TakenRow): TakenJob<Payload> {
  return { id: row.id, name: row.name, data: row.data as Payload, retryCount: row.retry_count };
}

export function deliveryOf({ name, id, retryCount }: TakenJob<unknown>): Delivery {
  return { queue: name, id, delivery: retryCount };
}
