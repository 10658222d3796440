import { formatDuration } from './format.ts';

/** What the verdict looks at, of each queue. */
export type JudgedQueue = {
  queue: string;
  ready: number;
  active: number;
  deadLetters: number | null;
  oldestReadySeconds: number | null;
  paused: { by: string; reason: string } | null;
};

export type Verdict = {
  level: 'well' | 'attention' | 'bad';
  title: string;
  /** Why, one sentence each; empty when all is well. */
  causes: string[];
};

/** Work that could run and has waited longer than this is worth a look. */
const longWaitSeconds = 60;

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** How operations stand, in words, with the likely cause. */
export function operationsVerdict(
  queues: JudgedQueue[],
  liveWorkers: number,
  stuckWorkers = 0,
): Verdict {
  const waiting = queues.reduce((sum, { ready }) => sum + ready, 0);
  if (liveWorkers === 0) {
    return {
      level: 'bad',
      title: 'Nothing is being worked on',
      causes: [
        `No worker is alive${waiting > 0 ? `, ${counted(waiting, 'job')} waiting` : ''}: start one.`,
      ],
    };
  }
  const causes: string[] = [];
  if (stuckWorkers > 0)
    causes.push(
      `${counted(stuckWorkers, 'worker')} alive but taking no work: restart what is stuck.`,
    );
  for (const { queue, paused, ready, active, oldestReadySeconds, deadLetters } of queues) {
    if (paused) {
      causes.push(
        `${queue} is paused by ${paused.by} (“${paused.reason}”); ${counted(ready, 'job')} waiting.`,
      );
    } else if (oldestReadySeconds !== null && oldestReadySeconds > longWaitSeconds) {
      const waited = formatDuration(oldestReadySeconds * 1_000);
      causes.push(
        active > 0
          ? `${queue}: the oldest job has waited ${waited} while ${active} run: more workers would help.`
          : `${queue}: the oldest job has waited ${waited} and none runs: workers are alive but take nothing.`,
      );
    }
    if (deadLetters)
      causes.push(`${queue}: ${counted(deadLetters, 'task')} failed for good: see dead letters.`);
  }
  return causes.length === 0
    ? { level: 'well', title: 'Everything flows', causes }
    : { level: 'attention', title: 'Worth a look', causes };
}
