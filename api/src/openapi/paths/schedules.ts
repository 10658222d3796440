import {
  createScheduleBody,
  editScheduleBody,
  listScheduleRunsQuery,
  listSchedulesQuery,
  scheduleDetail,
  schedulePage,
  scheduleRunPage,
} from '@devsphere/shared/contracts/http/schedule.ts';
import { taskSummary } from '@devsphere/shared/contracts/http/task.ts';
import type { z } from 'zod';
import type { OpenApiTools } from '../tools.ts';

type Json = Record<string, unknown>;

/** The paths of schedules in the OpenAPI document. */
export function schedulePaths(tools: OpenApiTools): Json {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const organization = '/v1/orgs/{org}/schedules';
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const id = pathParameter('id', 'Id of the schedule.');
  const requestBody = (zod: z.ZodType) => ({
    required: true,
    content: { 'application/json': { schema: schema(zod, 'input') } },
  });
  const change = (summary: string) =>
    operation(summary, 'schedules', {
      200: body(scheduleDetail, 'The schedule'),
      ...problems(401, 403, 404, 503),
    });
  return {
    [organization]: {
      parameters: [org],
      post: {
        ...operation('Create a schedule', 'schedules', {
          201: body(scheduleDetail, 'Created'),
          200: body(scheduleDetail, 'Created before with this Idempotency-Key'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        parameters: [tools.idempotencyKey],
        requestBody: requestBody(createScheduleBody),
      },
      get: {
        ...operation('List schedules, newest first', 'schedules', {
          200: body(schedulePage, 'One page'),
          ...problems(400, 401, 404, 503),
        }),
        parameters: queryParameters(schema(listSchedulesQuery, 'input')),
      },
    },
    [`${organization}/{id}`]: {
      parameters: [org, id],
      get: operation('Read a schedule with its next runs', 'schedules', {
        200: body(scheduleDetail, 'The schedule'),
        ...problems(401, 404, 503),
      }),
      patch: {
        ...operation('Edit a schedule, which then runs as you', 'schedules', {
          200: body(scheduleDetail, 'Changed; what the body left out stayed'),
          ...problems(400, 401, 403, 404, 413, 415, 503),
        }),
        requestBody: requestBody(editScheduleBody),
      },
      delete: operation('Delete a schedule and its run history', 'schedules', {
        204: { description: 'Deleted; its tasks stay' },
        ...problems(401, 403, 404, 503),
      }),
    },
    [`${organization}/{id}/pause`]: {
      parameters: [org, id],
      post: change('Pause a schedule'),
    },
    [`${organization}/{id}/resumption`]: {
      parameters: [org, id],
      post: change('Resume a schedule, which then runs as you'),
    },
    [`${organization}/{id}/runs`]: {
      parameters: [org, id],
      get: {
        ...operation('List the runs of a schedule, latest first', 'schedules', {
          200: body(scheduleRunPage, 'One page'),
          ...problems(400, 401, 404, 503),
        }),
        parameters: queryParameters(schema(listScheduleRunsQuery, 'input')),
      },
      post: {
        ...operation('Run a schedule now, as you', 'schedules', {
          201: body(taskSummary, 'Submitted'),
          200: body(taskSummary, 'Submitted before with this Idempotency-Key'),
          ...problems(400, 401, 403, 404, 503),
        }),
        parameters: [tools.idempotencyKey],
      },
    },
  };
}
