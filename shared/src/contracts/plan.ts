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
