/** A statement that reads, and what its rows mean; whoever runs it decides with whose rights. */
export type Query<T> = {
  text: string;
  values: unknown[];
  /** Throws where the rows say that there is no such thing. */
  of: (rows: Record<string, unknown>[]) => T;
};
