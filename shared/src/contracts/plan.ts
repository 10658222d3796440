/** What a plan includes. */
export type Plan = {
  plan: string;
  name: string;
  concurrentTasks: number;
  eventRetentionDays: number;
  seats: number;
  monthlyBudgetNanoUsd: number;
};
