import { once } from 'node:events';
import pg from 'pg';
import { now } from './clock.ts';

/** The unit of waiting: NOTIFY from one connection to another. */
export type NotifyRoundTrip = {
  /** Milliseconds of one. */
  measure: () => Promise<number>;
  close: () => Promise<void>;
};

export async function openNotifyRoundTrip(url: string): Promise<NotifyRoundTrip> {
  const sender = new pg.Client(url);
  const listener = new pg.Client(url);
  await Promise.all([sender.connect(), listener.connect()]);
  await listener.query('listen bench_round_trip');
  return {
    measure: async () => {
      const arrival = once(listener, 'notification');
      const began = now();
      await Promise.all([
        sender.query({ name: 'notify', text: `select pg_notify('bench_round_trip', '')` }),
        arrival,
      ]);
      return now() - began;
    },
    close: async () => void (await Promise.all([sender.end(), listener.end()])),
  };
}
