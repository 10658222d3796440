/** A process that was suspended reads what came meanwhile only after its timers: so long it has for that. */
const secondLookMilliseconds = 500;

/** Notices that a stream has gone silent; `signal` is aborted then. */
export class Silence {
  readonly #milliseconds: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
    this.broken();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something was heard; what is silent from now on counts. */
  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#controller.abort(), secondLookMilliseconds);
    }, this.#milliseconds);
  }

  /** Nobody listens for now, or any more. */
  ignore(): void {
    clearTimeout(this.#timer);
  }
}
