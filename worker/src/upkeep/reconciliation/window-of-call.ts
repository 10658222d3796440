import type { Tx } from '@devsphere/shared/db/doors.ts';
import type { UnknownCall } from './unknown-calls.ts';

/** Whole minutes of one model around a call. */
export type Window = {
  from: Date;
  until: Date;
  /** When the last call in it ended. */
  lastEnd: Date;
  /** Whether no call goes over either edge: then the report and the ledger have the same calls, whichever minute each counts them in. */
  isClean: boolean;
};

const minute = 60_000;
/** An edge without a call going over it is looked for so far away. */
const mostMinutesAway = 15;
/** How long a call may last: beyond it the client gives up. */
const longestCallMinutes = 30;
/** Our clock and the provider's may differ by so much. */
const skewMilliseconds = 5_000;
/** With more calls than that around one, no edge is free. */
const mostCalls = 5_000;

type Span = { from: number; to: number };

/** The nearest minutes around a call over whose edges no call of its model goes; just those around it when there are none. */
export async function windowOfCall(tx: Tx, call: UnknownCall): Promise<Window> {
  const first = floor(call.startedAt.getTime() - skewMilliseconds);
  const last = ceil(call.endedAt.getTime() + skewMilliseconds);
  const spans = await readSpans(tx, call.model, {
    from: first - mostMinutesAway * minute,
    to: last + mostMinutesAway * minute,
  });
  const goesOver = (edge: number) =>
    spans === undefined || spans.some(({ from, to }) => from < edge && edge < to);
  const nearest = (edge: number, step: number) => {
    for (let away = 0; away <= mostMinutesAway; away += 1) {
      if (!goesOver(edge + away * step)) return edge + away * step;
    }
    return undefined;
  };
  const [begin, end] = [nearest(first, -minute), nearest(last, minute)];
  const isClean = begin !== undefined && end !== undefined;
  const [from, until] = isClean ? [begin, end] : [first, last];
  const ends = (spans ?? []).map(({ to }) => to - skewMilliseconds).filter((to) => to < until);
  return {
    from: new Date(from),
    until: new Date(until),
    lastEnd: new Date(Math.max(call.endedAt.getTime(), ...ends)),
    isClean,
  };
}

const floor = (milliseconds: number) => Math.floor(milliseconds / minute) * minute;
const ceil = (milliseconds: number) => Math.ceil(milliseconds / minute) * minute;

/** From when to when calls were under way that may be on the bill; one that still is has no end. */
async function readSpans(tx: Tx, model: string, { from, to }: Span): Promise<Span[] | undefined> {
  const { rows } = await tx.query<{ started_at: Date; ended_at: Date | null }>(
    `select started_at, ended_at from llm_calls
     where model = $1 and paid_by = 'platform' and state <> 'failed'
       and started_at between $2::timestamptz - make_interval(mins => $4) and $3 and (ended_at is null or ended_at > $2)
     limit $5`,
    [model, new Date(from), new Date(to), longestCallMinutes, mostCalls + 1],
  );
  if (rows.length > mostCalls) return undefined;
  return rows.map(({ started_at, ended_at }) => ({
    from: started_at.getTime() - skewMilliseconds,
    to: ended_at ? ended_at.getTime() + skewMilliseconds : Number.POSITIVE_INFINITY,
  }));
}
