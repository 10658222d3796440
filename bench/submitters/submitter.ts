/** One way to hand in a task. */
export type Submitter = {
  name: string;
  /**
   * Hands in a task, for later when `runAt` is given; resolves with the name that its start is told by when it is safe on
   * disk.
   */
  submit: (runAt?: Date) => Promise<string>;
  /** Lets the planner see the tables as they are. A plan made while they were empty stays bad. */
  analyze: () => Promise<void>;
  close: () => Promise<void>;
};
