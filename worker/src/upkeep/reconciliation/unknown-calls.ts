import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { RawUsage } from '../../claude/price.ts';
import { countsOf, type TokenCounts } from './token-counts.ts';

/** A call of unknown outcome, paid by the platform. */
export type UnknownCall = {
  orgId: string;
  id: string;
  model: string;
  startedAt: Date;
  endedAt: Date;
  /** What its answer said before it broke off: of the prompt all, of the answer next to nothing. Null: not one byte came. */
  known: TokenCounts | null;
  /** What the same step of the task used when it was tried again; null when it was not, or failed again. */
  again: TokenCounts | null;
};

type Row = {
  org_id: string;
  id: string;
  model: string;
  started_at: Date;
  ended_at: Date;
  usage: RawUsage | null;
  again: RawUsage | null;
};

const columns = `
  select c.org_id, c.id, c.model, c.started_at, c.ended_at, c.usage, again.usage as again
  from llm_calls c
  left join lateral (
    select a.usage from llm_calls a
    where a.org_id = c.org_id and a.task_id = c.task_id and a.step_key = c.step_key and a.model = c.model
      and a.state = 'completed'
    order by a.id desc limit 1
  ) as again on true`;

/** Calls that ended in the last days, but not just now, the oldest first. */
export async function readUnknownCalls(
  tx: Tx,
  { days, settleSeconds, limit }: { days: number; settleSeconds: number; limit: number },
): Promise<UnknownCall[]> {
  const { rows } = await tx.query<Row>(
    `${columns}
     where c.state = 'unknown' and c.paid_by = 'platform'
       and c.ended_at between now() - make_interval(days => $1) and now() - make_interval(secs => $2)
     order by c.ended_at limit $3`,
    [days, settleSeconds, limit],
  );
  return rows.map(callOf);
}

/** Those of a model that ended between two moments; none when they are too many to be told apart. */
export async function readUnknownBetween(
  tx: Tx,
  { model, from, until, most }: { model: string; from: Date; until: Date; most: number },
): Promise<UnknownCall[]> {
  const { rows } = await tx.query<Row>(
    `${columns}
     where c.state = 'unknown' and c.paid_by = 'platform' and c.model = $1 and c.ended_at >= $2 and c.ended_at < $3
     order by c.ended_at limit $4`,
    [model, from, until, most + 1],
  );
  return rows.length > most ? [] : rows.map(callOf);
}

const callOf = (row: Row): UnknownCall => ({
  orgId: row.org_id,
  id: row.id,
  model: row.model,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  known: row.usage && countsOf(row.usage),
  again: row.again && countsOf(row.again),
});
