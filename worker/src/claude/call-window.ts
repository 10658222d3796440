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

  /** At least five failed, and those are half of all, or the last five: what went well before says nothing about now. */
  get isBad(): boolean {
    const failures = this.#calls.filter(({ failed }) => failed).length;
    if (failures < fewestFailures) return false;
    const latest = this.#calls.slice(-fewestFailures);
    return failures * 2 >= this.#calls.length || latest.every(({ failed }) => failed);
  }

  clear(): void {
    this.#calls = [];
  }
}
