/** What a plan includes. */
export type Plan = {
  plan: string;
  name: string;
  concurrentTasks: number;
  /** Tasks that may wait, delayed ones among them. */
  waitingTasks: number;
  eventRetentionDays: number;
  seats: number;
  monthlyBudgetNanoUsd: number;
};

/** How many tasks operators let one organisation run at once, whatever its plan says. */
export type ConcurrencyOverride = { concurrentTasks: number; setAt: string };
