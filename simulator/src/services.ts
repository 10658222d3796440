import type { BatchStore } from './batches/batch-store.ts';
import type { CallLog } from './calls/call-log.ts';
import type { FaultQueue } from './faults/fault-queue.ts';
import type { Pace } from './pace/pace.ts';
import type { PromptCache } from './tokens/prompt-cache.ts';
import type { RateMeter } from './tokens/rate-meter.ts';

/** What the simulator's routes share. One set per simulator; nothing is global. */
export interface Services {
  readonly acceptedKeys: ReadonlySet<string>;
  readonly controlToken: string | undefined;
  readonly pace: Pace;
  readonly log: CallLog;
  readonly faults: FaultQueue;
  readonly cache: PromptCache;
  readonly rates: RateMeter;
  readonly batches: BatchStore;
  readonly now: () => Date;
  /** Told about failures of the simulator itself, which are bugs. */
  readonly onError: (error: unknown) => void;
}
