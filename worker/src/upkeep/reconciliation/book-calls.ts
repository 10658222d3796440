import type { Tx } from '@devsphere/shared/db/doors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { priceUsage, readPrices } from '../../claude/price.ts';
import type { Booking } from './judge-window.ts';
import { usageOf } from './token-counts.ts';

/** One of the calls got its end from somebody else meanwhile: what was judged of them together is void. */
export class BookedMeanwhile extends Error {}

/** Books what became of calls, all of them or, by `BookedMeanwhile`, none. */
export async function bookCalls(
  tx: Tx,
  bookings: readonly Booking[],
  bySimulator: boolean,
): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('reconcile calls', 0))`);
  for (const { call, counts, source } of bookings) {
    const usage = counts && usageOf(counts);
    const cost = usage ? priceUsage(usage, await readPrices(tx, call.model, call.endedAt)) : null;
    const { rows } = await tx.query<{ done: boolean }>(
      'select app.book_call($1, $2, $3, $4, $5, $6, $7) as done',
      [
        call.orgId,
        call.id,
        newId(),
        usage && JSON.stringify(usage),
        cost?.costNanoUsd ?? null,
        source,
        bySimulator,
      ],
    );
    if (!rows[0]?.done) throw new BookedMeanwhile(call.id);
  }
}
