import { z } from 'zod';
import { taskKindNames } from '../../tasks/catalogue.ts';
import { taskStates } from '../../tasks/states.ts';
import { taskError } from '../events/task-event.ts';

export const taskUsage = z
  .object({
    inputTokens: z.int().meta({ description: 'Input tokens that were not cached.' }),
    cacheReadTokens: z.int(),
    cacheWriteTokens: z.int(),
    outputTokens: z.int(),
    costNanoUsd: z.int().meta({ description: 'Cost in nano-dollars (1,000,000,000 = 1 USD).' }),
  })
  .meta({ id: 'TaskUsage' });

export const taskProgress = z.object({ done: z.number(), total: z.number(), label: z.string() });

const timestamp = z.iso.datetime();

export const taskSummary = z
  .object({
    id: z.uuid(),
    orgId: z.uuid(),
    kind: z.enum(taskKindNames),
    title: z.string(),
    state: z.enum(taskStates),
    attempt: z.int(),
    maxAttempts: z.int(),
    progress: taskProgress.nullable(),
    usage: taskUsage,
    simulated: z
      .boolean()
      .meta({ description: 'True when the Claude simulator produced the output.' }),
    error: taskError.nullable(),
    createdBy: z.uuid().nullable(),
    createdByKey: z
      .uuid()
      .nullable()
      .meta({ description: 'The API key that submitted it; null when a person did.' }),
    sourceTaskId: z.uuid().nullable(),
    createdAt: timestamp,
    runAt: timestamp,
    startedAt: timestamp.nullable(),
    endedAt: timestamp.nullable(),
    cancelRequestedAt: timestamp.nullable(),
    priority: z.int(),
    expiresAt: timestamp.nullable().meta({
      description: 'Not started by then, it expires; null waits for as long as it takes.',
    }),
    deadlineSeconds: z.int().nullable(),
    tags: z.array(z.string()),
    metadata: z.record(z.string(), z.string()),
    lastEventSeq: z.int(),
  })
  .meta({ id: 'TaskSummary' });

export const taskDetail = taskSummary
  .extend({
    input: z.record(z.string(), z.unknown()),
    output: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Task' });

export const taskTag = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,49}$/u, 'Use up to 50 letters, digits, and . _ : / -')
  .meta({ examples: ['nightly', 'customer:42'] });

export const submitTaskBody = z
  .strictObject({
    kind: z.string().meta({ description: 'Name of a task kind.', examples: ['assistant.prompt'] }),
    input: z
      .record(z.string(), z.unknown())
      .meta({ description: "Input of that kind; see the kind's schema." }),
    runAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'Start no earlier than this; at most 30 days ahead.' }),
    priority: z
      .int()
      .min(-10)
      .max(10)
      .optional()
      .meta({ description: "Higher runs first within the organisation's queue." }),
    expiresInSeconds: z
      .int()
      .min(1)
      .max(30 * 24 * 3_600)
      .optional()
      .meta({
        description: 'Expire it if no worker has started it so long after it was submitted.',
      }),
    deadlineSeconds: z.int().min(1).max(86_400).optional().meta({
      description: 'Longest one attempt may take; what the kind allows is the most.',
    }),
    tags: z
      .array(taskTag)
      .max(10)
      .optional()
      .meta({ description: 'Up to 10 words to find it by.' }),
    metadata: z
      .record(z.string().min(1).max(50), z.string().max(500))
      .refine((texts) => Object.keys(texts).length <= 10, 'At most 10 names')
      .optional()
      .meta({ description: 'Texts of your own by name, up to 10; given back with the task.' }),
    sourceTaskId: z
      .uuid()
      .optional()
      .meta({ description: 'The task this one repeats with changes.' }),
  })
  .meta({ id: 'SubmitTask' });

export const retryTaskBody = z
  .strictObject({
    fromStep: z.string().min(1).max(120).optional().meta({
      description:
        'Key of a finished step: it and what came after are done again, and paid for again.',
    }),
  })
  .meta({ id: 'RetryTask' });

export const maximumBulkTasks = 1_000;

export const bulkSubmitBody = z
  .strictObject({
    tasks: z
      .array(
        submitTaskBody.extend({
          idempotencyKey: z.string().min(1).max(200).optional().meta({
            description: 'The same key and body get the first answer; another body is refused.',
          }),
        }),
      )
      .min(1)
      .max(maximumBulkTasks),
  })
  .meta({ id: 'SubmitTasks' });

export const bulkResult = z.object({
  status: z.enum(['created', 'replayed', 'refused']),
  task: taskSummary.nullable(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      errors: z.array(z.object({ field: z.string(), message: z.string() })),
    })
    .nullable(),
});

export const bulkResults = z
  .object({
    results: z
      .array(bulkResult)
      .meta({ description: 'What became of each task, in the order they were given.' }),
  })
  .meta({ id: 'SubmittedTasks' });

export const maximumPageSize = 100;

export const listTasksQuery = z.strictObject({
  state: z.preprocess(splitList, z.array(z.enum(taskStates)).max(taskStates.length)).optional(),
  kind: z
    .preprocess(splitList, z.array(z.enum(taskKindNames)).max(taskKindNames.length))
    .optional(),
  createdBy: z.uuid().optional(),
  tag: z
    .preprocess(splitList, z.array(taskTag).max(5))
    .optional()
    .meta({ description: 'Tasks that have all of these tags.' }),
  q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the title.' }),
  before: z
    .uuid()
    .optional()
    .meta({ description: 'Tasks older than this id: the `nextCursor` of the page before.' }),
  after: z
    .uuid()
    .optional()
    .meta({ description: 'Tasks newer than this id: the `previousCursor` of the page after.' }),
  limit: z.coerce.number().int().min(1).max(maximumPageSize).default(25),
});

export const taskPage = z
  .object({
    tasks: z.array(taskSummary),
    nextCursor: z
      .uuid()
      .nullable()
      .meta({ description: 'Pass as `before` for older tasks; null at the end.' }),
    previousCursor: z
      .uuid()
      .nullable()
      .meta({ description: 'Pass as `after` for newer tasks; null at the start.' }),
  })
  .meta({ id: 'TaskPage' });

export type TaskSummary = z.output<typeof taskSummary>;
export type TaskDetail = z.output<typeof taskDetail>;
export type TaskPage = z.output<typeof taskPage>;
export type ListTasksQuery = z.output<typeof listTasksQuery>;
export type BulkSubmission = z.output<typeof bulkSubmitBody>['tasks'][number];
export type BulkResult = z.output<typeof bulkResult>;
export type SubmitTaskBody = z.output<typeof submitTaskBody>;

/** `a,b` and repeated parameters both mean a list. */
function splitList(value: unknown): unknown {
  if (typeof value === 'string') return value.split(',').filter((part) => part !== '');
  return value;
}
