import { once } from 'node:events';
import pg from 'pg';
import { now } from './clock.ts';

/** Measures NOTIFY: from sending it on one connection to its arrival on another. */
export async function notifyRoundTrips(url: string, count: number): Promise<number[]> {
  const sender = new pg.Client(url);
  const listener = new pg.Client(url);
  await Promise.all([sender.connect(), listener.connect()]);
  try {
    await listener.query('listen bench_round_trip');
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const arrival = once(listener, 'notification');
      const began = now();
      await Promise.all([sender.query(`select pg_notify('bench_round_trip', '')`), arrival]);
      times.push(now() - began);
    }
    return times;
  } finally {
    await Promise.all([sender.end(), listener.end()]);
  }
}
