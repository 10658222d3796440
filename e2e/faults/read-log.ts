import type { LabProcess } from './lab/lab-process.ts';

export type LogLine = {
  time: number;
  msg: string;
  taskId?: string;
  attempt?: number;
  outcome?: string;
};

/** What a process logged, line by line; what is no line of its logger is left out. */
export function readLog({ log }: LabProcess): LogLine[] {
  return log.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LogLine];
    } catch {
      return [];
    }
  });
}
