'use server';

import { createSchedule } from '@devsphere/shared/commands/create-schedule.ts';
import { editSchedule } from '@devsphere/shared/commands/edit-schedule.ts';
import { catchUps } from '@devsphere/shared/contracts/http/schedule.ts';
import type { FieldError } from '@devsphere/shared/errors.ts';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { commandContext, publicError } from '../../../../lib/server/command-context.ts';
import { requireOrganization } from '../../../../lib/server/organization.ts';

const saving = z.object({
  org: z.string().max(100),
  scheduleId: z.uuid().nullable(),
  kind: z.string().max(100),
  name: z.string().max(1_000),
  input: z.record(z.string(), z.unknown()),
  cron: z.string().max(1_000),
  timeZone: z.string().max(1_000),
  catchUp: z.enum(catchUps),
  idempotencyKey: z.string().min(1).max(200),
});

export type ScheduleSaving = z.input<typeof saving>;
export type SavingRefused = { code: string; message: string; fields: FieldError[] };

/** Creates a schedule, or changes the one it names, and goes to its page. */
export async function saveScheduleAction(untrusted: ScheduleSaving): Promise<SavingRefused> {
  const { org, scheduleId, kind, idempotencyKey, ...settings } = saving.parse(untrusted);
  const { person, organization } = await requireOrganization(org);
  let savedId: string;
  try {
    const context = await commandContext(person);
    const { orgId } = organization;
    const saved = scheduleId
      ? await editSchedule(context, { orgId, scheduleId, ...settings })
      : (await createSchedule(context, { orgId, kind, idempotencyKey, ...settings })).schedule;
    savedId = saved.id;
  } catch (error) {
    const { code, message, fields } = publicError(error);
    return { code, message, fields };
  }
  redirect(`/${organization.slug}/schedules/${savedId}`);
}
