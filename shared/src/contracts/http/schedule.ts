import { z } from 'zod';
import { cronProblem } from '../../schedules/cron.ts';
import { isTimeZone } from '../../schedules/time-zone.ts';
import { taskKindNames } from '../../tasks/catalogue.ts';

const timestamp = z.iso.datetime();

export const catchUps = ['once', 'skip'] as const;
export const scheduleStates = ['active', 'paused'] as const;
export const scheduleRunStates = ['pending', 'fired', 'skipped', 'failed'] as const;
export const maximumSchedulesPerOrganization = 500;

const name = z.string().trim().min(1, 'Give it a name').max(120);
const cron = z
  .string()
  .trim()
  .max(200)
  .superRefine((text, context) => {
    const message = cronProblem(text);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .meta({
    description: 'Five fields: minute, hour, day of the month, month, day of the week.',
    examples: ['0 9 * * MON-FRI'],
  });
const timeZone = z
  .string()
  .refine(isTimeZone, 'Unknown time zone: use a name such as Europe/Berlin')
  .meta({ description: 'A zone of the IANA database.', examples: ['Europe/Berlin'] });
const catchUp = z.enum(catchUps).meta({
  description: 'After downtime: `once` fires the latest missed occurrence, `skip` none.',
});

export const createScheduleBody = z
  .strictObject({
    name,
    kind: z.string().meta({ description: 'Name of a task kind.', examples: ['assistant.prompt'] }),
    input: z.record(z.string(), z.unknown()).meta({
      description: "Input of every task; see the kind's schema.",
      examples: [{ prompt: 'What is new?' }],
    }),
    cron,
    timeZone,
    catchUp: catchUp.default('once'),
  })
  .meta({ id: 'CreateSchedule' });

export const editScheduleBody = z
  .strictObject({
    name: name.optional(),
    input: z.record(z.string(), z.unknown()).optional(),
    cron: cron.optional(),
    timeZone: timeZone.optional(),
    catchUp: catchUp.optional(),
  })
  .meta({ id: 'EditSchedule' });

export const scheduleSummary = z
  .object({
    id: z.uuid(),
    orgId: z.uuid(),
    name: z.string(),
    kind: z.enum(taskKindNames),
    cron: z.string(),
    cronInWords: z.string(),
    timeZone: z.string(),
    catchUp: z.enum(catchUps),
    state: z.enum(scheduleStates),
    pausedReason: z
      .string()
      .nullable()
      .meta({ description: 'Why the clock paused it; null when a person did.' }),
    nextRunAt: timestamp.nullable(),
    lastRunAt: timestamp.nullable(),
    runsAs: z.uuid().meta({ description: 'Whose rights its runs have: who last changed it.' }),
    createdBy: z.uuid(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'ScheduleSummary' });

export const scheduleDetail = scheduleSummary
  .extend({
    input: z.record(z.string(), z.unknown()),
    nextRuns: z.array(timestamp).meta({ description: 'The next five; empty while paused.' }),
  })
  .meta({ id: 'Schedule' });

export const scheduleRun = z
  .object({
    nominalAt: timestamp.meta({ description: 'When it was due; with the schedule its identity.' }),
    trigger: z.enum(['clock', 'person']),
    state: z.enum(scheduleRunStates),
    taskId: z.uuid().nullable(),
    reason: z.string().nullable(),
    firedAt: timestamp.nullable(),
  })
  .meta({ id: 'ScheduleRun' });

const limit = z.coerce.number().int().min(1).max(100).default(25);

export const listSchedulesQuery = z.strictObject({
  before: z
    .uuid()
    .optional()
    .meta({ description: 'Schedules older than this id: the `nextCursor` of the page before.' }),
  limit,
});
export const listScheduleRunsQuery = z.strictObject({
  before: timestamp
    .optional()
    .meta({ description: 'Runs before this nominal time: the `nextCursor` of the page before.' }),
  limit,
});

export const schedulePage = z
  .object({ schedules: z.array(scheduleSummary), nextCursor: z.uuid().nullable() })
  .meta({ id: 'SchedulePage' });
export const scheduleRunPage = z
  .object({ runs: z.array(scheduleRun), nextCursor: timestamp.nullable() })
  .meta({ id: 'ScheduleRunPage' });

export type CreateScheduleBody = z.input<typeof createScheduleBody>;
export type EditScheduleBody = z.input<typeof editScheduleBody>;
export type ScheduleSummary = z.output<typeof scheduleSummary>;
export type ScheduleDetail = z.output<typeof scheduleDetail>;
export type ScheduleRun = z.output<typeof scheduleRun>;
export type SchedulePage = z.output<typeof schedulePage>;
export type ScheduleRunPage = z.output<typeof scheduleRunPage>;
export type ListSchedulesQuery = z.output<typeof listSchedulesQuery>;
export type ListScheduleRunsQuery = z.output<typeof listScheduleRunsQuery>;
