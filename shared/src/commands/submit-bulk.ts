import { notAdmitted } from '../budget/not-admitted.ts';
import { type BulkResult, type BulkSubmission, maximumBulkTasks } from '../contracts/http/task.ts';
import { asActor } from '../db/doors.ts';
import { AppError } from '../errors.ts';
import { findTasksByKeys } from '../queries/find-tasks-by-keys.ts';
import { toTaskSummary } from '../queries/task-rows.ts';
import { becomeQueueOwner } from '../queue/boss-in-transaction.ts';
import { type Caller, type CommandContext, refusal, sqlState } from './command-context.ts';
import { type PreparedSubmission, prepareSubmission } from './prepare-submission.ts';
import { sendTaskJobs } from './send-task-jobs.ts';
import { writeTaskRows } from './write-task-rows.ts';

export type SubmitBulk = {
  orgId: string;
  tasks: BulkSubmission[];
  /** Makes a key for each item that brings none; null leaves those new every time. */
  idempotencyKey: string | null;
};

type Item = { key: string | null } & ({ prepared: PreparedSubmission } | { refused: AppError });

/**
 * Submits up to 1,000 tasks in one transaction. An item that is not valid is refused by itself; everything else is
 * written together or not at all. Items whose key was used for the same submission before get its task. Throws
 * `invalid_request`, `budget_exceeded`, `queue_full`, `forbidden` or `not_found` for the whole; then nothing was written.
 */
export async function submitBulk(
  context: CommandContext<Caller>,
  { orgId, tasks, idempotencyKey }: SubmitBulk,
): Promise<BulkResult[]> {
  if (tasks.length > maximumBulkTasks)
    throw new AppError('invalid_request', `tasks: at most ${maximumBulkTasks}.`);
  const now = await context.database.now();
  const items = tasks.map((task, index): Item => {
    const key = task.idempotencyKey ?? (idempotencyKey && `${idempotencyKey}#${index}`);
    const { idempotencyKey: _own, ...submission } = task;
    try {
      const prepared = prepareSubmission(
        context,
        { ...submission, orgId, idempotencyKey: key },
        now,
      );
      return { key, prepared };
    } catch (error) {
      if (error instanceof AppError) return { key, refused: error };
      throw error;
    }
  });
  refuseRepeatedKeys(items);
  try {
    return await write(context, orgId, items).catch((error: unknown) => {
      // Somebody used one of the keys at the same moment: now its task can be seen.
      if (sqlState(error) === '23505') return write(context, orgId, items);
      throw error;
    });
  } catch (error) {
    const refused = notAdmitted(error);
    if (refused) throw refused;
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'tasks.submit', error);
    if (sqlState(error) === '23503')
      throw new AppError('invalid_request', 'sourceTaskId: there is no such task.', {
        cause: error,
      });
    throw error;
  }
}

function refuseRepeatedKeys(items: Item[]): void {
  const keys = items.map(({ key }) => key).filter((key) => key !== null);
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated !== undefined)
    throw new AppError('invalid_request', `tasks: two items have the key "${repeated}".`, {
      fields: [{ field: 'tasks', message: 'Give each item a key of its own' }],
    });
}

async function write(
  context: CommandContext<Caller>,
  orgId: string,
  items: Item[],
): Promise<BulkResult[]> {
  const { database, actor } = context;
  return asActor(database, actor, async (tx) => {
    // Whoever may not submit here learns nothing of the items.
    const { rows: allowed } = await tx.query(
      `select from app.permitted_org_ids('tasks.submit') as org_id where org_id = $1`,
      [orgId],
    );
    if (allowed.length === 0) throw await refusal(context, orgId, 'tasks.submit', undefined);
    const known = await findTasksByKeys(
      tx,
      orgId,
      items.flatMap((item) => ('prepared' in item && item.key !== null ? [item.key] : [])),
    );
    const results = items.map((item) => resultOf(item, known));
    const written = items.flatMap((item, index) =>
      'prepared' in item && results[index] === undefined ? [item.prepared] : [],
    );
    // The first alone: far from the budget's limit its answer spares the others theirs.
    const rows = await writeTaskRows(tx, written.slice(0, 1), { endAsQueueOwner: false });
    rows.push(...(await writeTaskRows(tx, written.slice(1), { endAsQueueOwner: false })));
    if (written.length > 0)
      await Promise.all([tx.query(becomeQueueOwner), sendTaskJobs(tx, context.boss, written)]);
    const created = rows.map(
      (row): BulkResult => ({ status: 'created', task: toTaskSummary(row), error: null }),
    );
    return results.map((result) => result ?? created.shift() ?? neverWritten());
  });
}

/** What an item is answered without being written; undefined for one to write. */
function resultOf(
  item: Item,
  known: Awaited<ReturnType<typeof findTasksByKeys>>,
): BulkResult | undefined {
  if ('refused' in item) return refusedResult(item.refused);
  const before = item.key === null ? undefined : known.get(item.key);
  if (before && before.requestHash !== item.prepared.requestHash)
    return refusedResult(
      new AppError('idempotency_key_reused', 'This key was used for a different submission.'),
    );
  return before && { status: 'replayed', task: before.task, error: null };
}

function neverWritten(): never {
  throw new Error('an item came back without its row');
}

function refusedResult({ code, message, fields }: AppError): BulkResult {
  return { status: 'refused', task: null, error: { code, message, errors: fields } };
}
