import type { MessageReply } from '../contract/message-reply.ts';

export interface BatchRequest {
  readonly customId: string;
  /** Unchecked: an invalid item is an errored result, not a refused batch. */
  readonly params: unknown;
}

export type BatchResult =
  | { readonly type: 'succeeded'; readonly message: MessageReply }
  | { readonly type: 'errored'; readonly error: unknown }
  | { readonly type: 'canceled' }
  | { readonly type: 'expired' };

/** A batch in memory. Results gather here and show only once processing has ended. */
export interface Batch {
  readonly id: string;
  readonly keyHash: string;
  readonly requests: readonly BatchRequest[];
  readonly createdAt: Date;
  readonly results: Map<string, BatchResult>;
  cancelInitiatedAt: Date | null;
  endedAt: Date | null;
}

const EXPIRES_AFTER_MS = 24 * 60 * 60_000;

/** When the batch gives up on what it has not processed. */
export function expiresAt(batch: Batch): Date {
  return new Date(batch.createdAt.getTime() + EXPIRES_AFTER_MS);
}

/** The batch as the API shows it: every count but `processing` is 0 until the end. */
export function batchInfo(batch: Batch, origin: string): Record<string, unknown> {
  const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  if (batch.endedAt === null) counts.processing = batch.requests.length;
  else for (const result of batch.results.values()) counts[result.type] += 1;
  const canceling = batch.cancelInitiatedAt !== null;
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: batch.endedAt !== null ? 'ended' : canceling ? 'canceling' : 'in_progress',
    request_counts: counts,
    created_at: batch.createdAt.toISOString(),
    expires_at: expiresAt(batch).toISOString(),
    ended_at: batch.endedAt?.toISOString() ?? null,
    cancel_initiated_at: batch.cancelInitiatedAt?.toISOString() ?? null,
    archived_at: null,
    results_url:
      batch.endedAt === null ? null : `${origin}/v1/messages/batches/${batch.id}/results`,
  };
}
