/** What an upkeep job did, for the log and the queue: counts only. */
export type UpkeepResult = Record<string, number>;

/**
 * A duty of the system itself. Its loop is the clock, which asks for one run in each slot of `everySeconds`; `runOnce`
 * may run again for the same slot after a crash, so it must come to the same end.
 */
export type UpkeepJob = {
  name: string;
  everySeconds: number;
  runOnce: () => Promise<UpkeepResult>;
};
