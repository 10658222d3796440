import { Cron } from 'croner';

const fieldNames = ['minute', 'hour', 'day of the month', 'month', 'day of the week'] as const;
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const days = 'sun|mon|tue|wed|thu|fri|sat';
const number = /^[\d*,/-]+$/;
const shapes = [
  number,
  number,
  number,
  new RegExp(`^(?:[\\d*,/-]|${months})+$`, 'i'),
  new RegExp(`^(?:[\\d*,/-]|${days})+$`, 'i'),
];

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
  for (const [index, field] of fields.entries()) {
    if (!shapes[index]?.test(field))
      throw new CronProblem(`“${field.slice(0, 40)}” does not fit the field ${fieldNames[index]}.`);
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
