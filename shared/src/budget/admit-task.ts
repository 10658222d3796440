import type { Tx } from '../db/doors.ts';

/** The prompt a task is given, and what it usually writes: what its reservation is made of. */
export type ExpectedTokens = { model: string; input: number; output: number };

/** An organisation so far from its limit is not asked about again for a moment. */
const farInTasks = 1_000;
const trustMilliseconds = 1_000;
const remembered = 10_000;

/** Organisation and kind, and until when its tasks need no admission. */
const far = new Map<string, number>();

/**
 * Admits a task to its organisation's budget and among those of it that wait, in the transaction that submits it: exact
 * and one after the other near a limit; far from both (room for 1,000 such tasks) at most once a second, since the exact
 * answer takes a lock that all submissions of the organisation would queue for. Rejects with SQLSTATE DS402 when the
 * budget has no room, and with DS429 when as many wait as may: `notAdmitted` says it in words.
 */
export function admitTask(
  tx: Pick<Tx, 'query'>,
  orgId: string,
  kind: string,
  { model, input, output }: ExpectedTokens,
): Promise<void> | undefined {
  const key = `${orgId} ${kind}`;
  const now = performance.now();
  const until = far.get(key);
  if (until !== undefined && until > now) return undefined;
  // It was far a moment ago: one asks again, and those beside it need not queue behind it.
  if (until !== undefined) far.set(key, now + trustMilliseconds);
  return tx
    .query<{ remaining: number | null; amount: number; room: number | null }>(
      `select amount, app.admit_spending($1, amount) as remaining, app.admit_waiting($1) as room
       from app.estimated_cost($2, $3, $4) as amount`,
      [orgId, model, input, output],
    )
    .then(
      ({ rows: [answer] }) => {
        const isFar =
          (answer?.remaining ?? 0) >= farInTasks * (answer?.amount ?? Infinity) &&
          (answer?.room ?? 0) >= farInTasks;
        if (!isFar) return void far.delete(key);
        if (far.size >= remembered) far.clear();
        far.set(key, now + trustMilliseconds);
      },
      (error: unknown) => {
        far.delete(key);
        throw error;
      },
    );
}

/** About how many tokens a text has. Source: Anthropic's documentation counts about 3.5 English characters a token. */
export function expectedInputTokens(text: string): number {
  const instructions = 2_000;
  return Math.ceil(text.length / 3) + instructions;
}
