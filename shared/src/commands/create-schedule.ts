import {
  type CreateScheduleBody,
  createScheduleBody,
  maximumSchedulesPerOrganization,
  type ScheduleDetail,
} from '../contracts/http/schedule.ts';
import { asActor } from '../db/doors.ts';
import { digestJson } from '../digest.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { scheduleSummaryColumns, toScheduleDetail } from '../queries/schedule-rows.ts';
import { nextOccurrence } from '../schedules/occurrences.ts';
import { validate } from '../validate.ts';
import { checkIdempotencyKey, checkTaskInput } from './check-task-input.ts';
import { audit, type CommandContext, refusal, sqlState } from './command-context.ts';

export type CreateSchedule = CreateScheduleBody & {
  orgId: string;
  /** The same key with the same body gets the first answer; null means every creation is new. */
  idempotencyKey: string | null;
};

/**
 * Creates a schedule that runs with the rights of the person who creates it. Throws `unknown_kind`,
 * `invalid_request`, `idempotency_key_reused`, `forbidden`, `not_found`, or `conflict` when there are too many.
 */
export async function createSchedule(
  context: CommandContext,
  command: CreateSchedule,
): Promise<{ schedule: ScheduleDetail; created: boolean }> {
  const { orgId, idempotencyKey, ...body } = command;
  const { name, cron, timeZone, catchUp, ...task } = validate(createScheduleBody, body);
  const { kindName, input } = checkTaskInput(task.kind, task.input);
  checkIdempotencyKey(idempotencyKey);
  const requestHash = digestJson({ name, kindName, input, cron, timeZone, catchUp });
  const id = newId();
  const now = await context.database.now();
  try {
    const row = await asActor(context.database, context.actor, async (tx) => {
      const [inserted, { count }] = await Promise.all([
        tx.db
          .insertInto('schedules')
          .values({
            org_id: orgId,
            id,
            name,
            kind: kindName,
            input: JSON.stringify(input),
            cron,
            time_zone: timeZone,
            catch_up: catchUp,
            next_run_at: nextOccurrence({ cron, timeZone }, now),
            runs_as: context.actor.userId,
            created_by: context.actor.userId,
            idempotency_key: idempotencyKey,
            request_hash: requestHash,
          })
          .returning([...scheduleSummaryColumns, 'input'])
          .executeTakeFirstOrThrow(),
        tx.db
          .selectFrom('schedules')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('org_id', '=', orgId)
          .executeTakeFirstOrThrow(),
        audit(tx, context, {
          orgId,
          action: 'schedule.created',
          targetId: id,
          detail: { kind: kindName, cron, timeZone },
        }),
      ]);
      if (count > maximumSchedulesPerOrganization)
        throw new AppError(
          'conflict',
          `An organisation has at most ${maximumSchedulesPerOrganization} schedules. Delete one first.`,
        );
      return inserted;
    });
    return { schedule: toScheduleDetail(row), created: true };
  } catch (error) {
    if (sqlState(error) === '23505' && idempotencyKey !== null)
      return { schedule: await firstAnswer(context, command, requestHash), created: false };
    if (sqlState(error) === '42501') throw await refusal(context, orgId, 'schedules.manage', error);
    throw error;
  }
}

async function firstAnswer(
  context: CommandContext,
  { orgId, idempotencyKey }: CreateSchedule,
  requestHash: string,
): Promise<ScheduleDetail> {
  const row = await asActor(context.database, context.actor, (tx) =>
    tx.db
      .selectFrom('schedules')
      .select([...scheduleSummaryColumns, 'input', 'request_hash'])
      .where('org_id', '=', orgId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst(),
  );
  if (!row) throw await refusal(context, orgId, 'schedules.manage', undefined);
  if (row.request_hash !== requestHash) {
    throw new AppError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different schedule. Use a new key.',
    );
  }
  return toScheduleDetail(row);
}
