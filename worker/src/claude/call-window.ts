const windowMilliseconds = 10_000;
const fewestFailures = 5;

/** The calls of the last ten seconds to one account: whether so many fail that it should be left alone. */
export class CallWindow {
  #calls: Array<{ at: number; failed: boolean }> = [];

  /** Notes a call that ended at `now` (milliseconds of any clock that only goes forward). */
  add(failed: boolean, now: number): void {
    this.#calls = this.#calls.filter(({ at }) => at > now - windowMilliseconds);
    this.#calls.push({ at: now, failed });
  }

  /** At least five failed, and those are half of all. */
  get isBad(): boolean {
    const failures = this.#calls.filter(({ failed }) => failed).length;
    return failures >= fewestFailures && failures * 2 >= this.#calls.length;
  }

  clear(): void {
    this.#calls = [];
  }
}
