import type { StopReason, Usage } from '../contract/message-reply.ts';
import { type CallEntry, canariesIn, hashBody, type Outcome } from './call-entry.ts';
import type { CallLog } from './call-log.ts';

export interface CallOrigin {
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly keyHash: string | null;
  readonly keyHint?: string | null;
  readonly batch?: { readonly id: string; readonly customId: string };
}

export interface CallEnd {
  readonly outcome: Outcome;
  readonly billed: boolean;
  readonly messageId?: string;
  readonly usage?: Usage;
  readonly stopReason?: StopReason | null;
}

/** One call on its way to the log. It gathers what is known and is recorded exactly once. */
export class Call {
  #body = '';
  #claims: unknown;
  #ended: Promise<void> | undefined;
  readonly #origin: CallOrigin;
  readonly #log: CallLog;
  readonly #now: () => Date;

  constructor(origin: CallOrigin, log: CallLog, now: () => Date) {
    this.#origin = origin;
    this.#log = log;
    this.#now = now;
  }

  /** What arrived; the parsed form may be anything, since invalid calls are logged too. */
  arrived(body: string, parsed: unknown): void {
    this.#body = body;
    this.#claims = parsed;
  }

  get model(): string | undefined {
    const model = field(this.#claims, 'model');
    return typeof model === 'string' ? model : undefined;
  }

  get stream(): boolean {
    return field(this.#claims, 'stream') === true;
  }

  /** Records the call; resolves when the line is on disk. Later ends are ignored. */
  end(end: CallEnd): Promise<void> {
    this.#ended ??= this.#log.append(this.#entry(end));
    return this.#ended;
  }

  #entry(end: CallEnd): CallEntry {
    const { requestId, receivedAt, keyHash, keyHint, batch } = this.#origin;
    const userId = field(field(this.#claims, 'metadata'), 'user_id');
    return {
      request_id: requestId,
      message_id: end.messageId ?? null,
      received_at: receivedAt.toISOString(),
      ended_at: this.#now().toISOString(),
      model: this.model ?? null,
      stream: this.stream,
      batch: batch !== undefined,
      ...(batch === undefined ? {} : { batch_id: batch.id, custom_id: batch.customId }),
      key_hash: keyHash,
      key_hint: keyHint ?? null,
      metadata: { user_id: typeof userId === 'string' ? userId : null },
      usage: end.usage ?? null,
      stop_reason: end.stopReason ?? null,
      outcome: end.outcome,
      billed: end.billed,
      body_sha256: hashBody(this.#body),
      canaries: canariesIn(this.#body),
    };
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
