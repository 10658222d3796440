import type { NewEvent } from './append-events.ts';
import type { Claim } from './claim.ts';
import type { TaskWriter } from './task-writer.ts';

/** Flushes are this far apart at least, unless this much has gathered: what comes after a pause does not wait. */
const flushMilliseconds = 40;
const flushCharacters = 2_048;

/** Collects an attempt's events and appends them in order, in chunks. One chunk on its way at a time. */
export class EventSink {
  readonly #writer: TaskWriter;
  readonly #claim: Claim;
  readonly #onFailure: (error: unknown) => void;
  #waiting: NewEvent[] = [];
  #waitingCharacters = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> = Promise.resolve();
  #failed = false;

  /** `onFailure` is called once, with `ClaimLost` or a database error; nothing is written after it. */
  constructor(writer: TaskWriter, claim: Claim, onFailure: (error: unknown) => void) {
    this.#writer = writer;
    this.#claim = claim;
    this.#onFailure = onFailure;
  }

  add(event: NewEvent): void {
    const last = this.#waiting.at(-1);
    if (event.type === 'text' && last?.type === 'text' && last.data.step === event.data.step) {
      last.data.delta += event.data.delta;
    } else {
      this.#waiting.push(event.type === 'text' ? { type: 'text', data: { ...event.data } } : event);
    }
    if (event.type === 'text') this.#waitingCharacters += event.data.delta.length;
    if (this.#waitingCharacters >= flushCharacters) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), this.#millisecondsToFlush());
  }

  #millisecondsToFlush(): number {
    return Math.max(0, this.#flushedAt + flushMilliseconds - performance.now());
  }

  /** Takes what has not been written yet, to be written in a transaction of the caller's. Resolves in order. */
  async takeWaiting(): Promise<NewEvent[]> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    const events = this.#waiting;
    this.#waiting = [];
    this.#waitingCharacters = 0;
    return events;
  }

  /** Writes what is waiting; resolves when it, and everything before it, is stored or has failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushedAt = performance.now();
    this.#writing = this.#writing.then(async () => {
      const events = this.#waiting;
      if (events.length === 0 || this.#failed) return;
      this.#waiting = [];
      this.#waitingCharacters = 0;
      try {
        await this.#writer.append(this.#claim, events);
      } catch (error) {
        this.#failed = true;
        this.#onFailure(error);
      }
    });
    return this.#writing;
  }
}
