import cronstrue from 'cronstrue';

/** A cron expression in words, such as “At 09:00, Monday through Friday”. The expression must be valid. */
export function cronInWords(cron: string): string {
  return cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: false });
}
