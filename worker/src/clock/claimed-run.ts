/** An occurrence this worker may submit: claimed in `schedule_runs`, its task not yet handed in. */
export type ClaimedRun = {
  orgId: string;
  scheduleId: string;
  nominalAt: Date;
  /** Whose rights the submission has. */
  runsAs: string;
  attempts: number;
};
