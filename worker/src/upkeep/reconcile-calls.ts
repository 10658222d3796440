import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem, type Tx } from '@devsphere/shared/db/doors.ts';
import { BookedMeanwhile, bookCalls } from './reconciliation/book-calls.ts';
import { type Booking, judgeWindow, type Patience } from './reconciliation/judge-window.ts';
import { sumLedger } from './reconciliation/sum-ledger.ts';
import {
  readUnknownBetween,
  readUnknownCalls,
  type UnknownCall,
} from './reconciliation/unknown-calls.ts';
import type { UsageReport } from './reconciliation/usage-report.ts';
import { windowOfCall } from './reconciliation/window-of-call.ts';
import type { UpkeepJob, UpkeepResult } from './upkeep-job.ts';

export type ReconcileConfig = {
  everySeconds: number;
  /** Calls older than that stay unknown: their days have been added up. */
  days: number;
  /** Asked of the provider in one run, at most. */
  windows: number;
  /** Calls that share what one window has, at most. */
  callsOfWindow: number;
  patience: Record<'provider' | 'simulator', Patience>;
};

const defaults: ReconcileConfig = {
  everySeconds: 30,
  days: 2,
  windows: 20,
  callsOfWindow: 1_000,
  patience: {
    // The provider's report is "typically" complete within five minutes.
    provider: { settleSeconds: 300, sureSeconds: 900, estimateSeconds: 1_800 },
    // Never late; a minute and a half, so that the window's last minute is over.
    simulator: { settleSeconds: 90, sureSeconds: 90, estimateSeconds: 180 },
  },
};

/**
 * Finds out from the provider's report what became of calls of unknown outcome that the platform paid, and books it.
 * Without a report they stay unknown.
 */
export function reconcileCalls(
  database: Database,
  report: UsageReport | null,
  config: ReconcileConfig = defaults,
): UpkeepJob {
  return {
    name: 'call-reconciliation',
    everySeconds: config.everySeconds,
    runOnce: async () => {
      const result = { reconciled: 0, notBilled: 0, waiting: 0 };
      if (!report) return result;
      const oldest = await asSystem(database, 'read calls of unknown outcome', (tx) =>
        readUnknownCalls(tx, {
          days: config.days,
          settleSeconds: config.patience.simulator.settleSeconds,
          limit: config.callsOfWindow,
        }),
      );
      const left = new Map(oldest.map((call) => [call.id, call]));
      for (let asked = 0; asked < config.windows; asked += 1) {
        const [next] = left.values();
        if (!next) break;
        left.delete(next.id);
        const { ids, bookings } = await reconcileAround(database, report, config, next);
        for (const id of ids) left.delete(id);
        if (!bookings) result.waiting += 1;
        for (const { counts } of bookings ?? []) result[counts ? 'reconciled' : 'notBilled'] += 1;
      }
      return result satisfies UpkeepResult;
    },
  };
}

/** Books what became of a call and of those in the same window, whose ids it returns; nothing while it is too early to tell. */
async function reconcileAround(
  database: Database,
  report: UsageReport,
  config: ReconcileConfig,
  call: UnknownCall,
): Promise<{ ids: string[]; bookings?: Booking[] }> {
  const isSimulated = await report.isSimulated();
  const patience = config.patience[isSimulated ? 'simulator' : 'provider'];
  const seen = await asSystem(database, 'read a window of calls', (tx) =>
    readWindow(tx, call, config.callsOfWindow),
  );
  const ids = seen.calls.map(({ id }) => id);
  // Settled by another worker meanwhile, or too many to tell apart.
  if (!ids.includes(call.id)) return { ids };
  if (seen.secondsSinceEnd < patience.settleSeconds) return { ids };
  const reported = await report.read(call.model, seen.from, seen.until);
  const bookings = judgeWindow({ ...seen, reported }, patience);
  if (!bookings) return { ids };
  try {
    await asSystem(database, 'book calls', (tx) => bookCalls(tx, bookings, isSimulated));
    return { ids, bookings };
  } catch (error) {
    if (error instanceof BookedMeanwhile) return { ids };
    throw error;
  }
}

async function readWindow(tx: Tx, call: UnknownCall, most: number) {
  const window = await windowOfCall(tx, call);
  const [calls, ledger, clock] = await Promise.all([
    readUnknownBetween(tx, { ...window, model: call.model, most }),
    sumLedger(tx, call.model, window),
    tx.query<{ seconds: number }>(
      'select extract(epoch from now() - $1::timestamptz)::float8 as seconds',
      [window.lastEnd],
    ),
  ]);
  return { ...window, calls, ledger, secondsSinceEnd: clock.rows[0]?.seconds ?? 0 };
}
