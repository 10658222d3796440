import { isRolledBack } from './is-rolled-back.ts';

type Waiting<Entry, Result> = {
  entry: Entry;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

export type TransactionLineOptions<Entry, Result> = {
  /** Does all of them in one transaction, or none; results in their order. */
  run: (entries: readonly Entry[]) => Promise<Result[]>;
  /** Entries that share a transaction at most. */
  largest: number;
};

/** A transaction that takes longer than this, behind a lock for example, keeps nobody else waiting. */
const patienceMilliseconds = 20;

/**
 * Lets work share transactions. One alone goes at once; what comes while a transaction is on its way goes together in the
 * next, so that many at a time cost one. What one of them does wrong only that one hears of: when the server refuses a
 * transaction, its entries are done apart.
 */
export class TransactionLine<Entry, Result> {
  readonly #options: TransactionLineOptions<Entry, Result>;
  readonly #waiting: Waiting<Entry, Result>[] = [];
  #leaving = false;
  /** Transactions on their way that others wait for. */
  #awaited = 0;

  constructor(options: TransactionLineOptions<Entry, Result>) {
    this.#options = options;
  }

  /** Resolves when it is committed; rejects with the database's error. */
  join(entry: Entry): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#leaveSoon();
    });
  }

  /** At the end of this turn of the event loop, so that those who come in one turn go together. */
  #leaveSoon(): void {
    if (this.#leaving || this.#awaited > 0 || this.#waiting.length === 0) return;
    this.#leaving = true;
    process.nextTick(() => {
      this.#leaving = false;
      void this.#leave();
    });
  }

  async #leave(): Promise<void> {
    const batch = this.#waiting.splice(0, this.#options.largest);
    let awaited = true;
    this.#awaited += 1;
    const goOn = () => {
      if (awaited) this.#awaited -= 1;
      awaited = false;
      this.#leaveSoon();
    };
    const patience = setTimeout(goOn, patienceMilliseconds);
    try {
      await this.#run(batch);
    } finally {
      clearTimeout(patience);
      goOn();
    }
  }

  async #run(batch: readonly Waiting<Entry, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(batch.map(({ entry }) => entry));
      if (results.length !== batch.length)
        throw new Error('a transaction came back without a result for each of its entries');
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length > 1 && isRolledBack(error))
        await Promise.all(batch.map((one) => this.#run([one])));
      else for (const { reject } of batch) reject(error);
    }
  }
}
