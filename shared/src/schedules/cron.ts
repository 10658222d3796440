import { Cron } from 'croner';
import { cronFieldProblem, cronFields } from './cron-field.ts';

/** A five-field cron expression, matched against a wall clock that knows no time zone. */
export type CronExpression = {
  /** Whether it may fire in every hour of a day: then it follows real time when clocks change. */
  everyHour: boolean;
  /** The first matching wall time after this one, both as if they were UTC; null when it never fires again. */
  nextWallTime: (after: number) => number | null;
};

/** Reads an expression. Throws a `CronProblem` whose message says what to change. */
export function parseCron(text: string): CronExpression {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) {
    throw new CronProblem(
      'Use five fields: minute, hour, day of the month, month, day of the week. A schedule fires once a minute at most.',
    );
  }
  for (const [index, field] of cronFields.entries()) {
    const problem = cronFieldProblem(fields[index] ?? '', field);
    if (problem) throw new CronProblem(problem);
  }
  const cron = readPattern(fields.join(' '));
  const nextWallTime = (after: number) => cron.nextRun(new Date(after))?.getTime() ?? null;
  // A leap day comes within eight years, so what finds nothing from here on never fires.
  if (nextWallTime(Date.UTC(2024, 0, 1)) === null)
    throw new CronProblem('This never fires: there is no such date.');
  return { everyHour: ['*', '*/1', '0-23'].includes(fields[1] ?? ''), nextWallTime };
}

/** What is wrong with an expression, as a sentence; undefined when it can be used. */
export function cronProblem(text: string): string | undefined {
  try {
    parseCron(text);
    return undefined;
  } catch (error) {
    if (error instanceof CronProblem) return error.message;
    throw error;
  }
}

class CronProblem extends Error {}

function readPattern(pattern: string): Cron {
  try {
    return new Cron(pattern, { timezone: 'UTC', paused: true, mode: '5-part' });
  } catch (error) {
    const detail = (error as Error).message.replace(/^CronPattern: /, '');
    throw new CronProblem(`${detail.charAt(0).toUpperCase()}${detail.slice(1, 200)}.`);
  }
}
