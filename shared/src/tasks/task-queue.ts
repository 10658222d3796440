/** Which queue carries a kind's jobs; settings of each stand in `shared/src/queue/queues.ts`. */
export type TaskQueue = 'claude' | 'seo';
