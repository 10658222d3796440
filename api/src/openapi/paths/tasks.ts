import { taskEventTypes } from '@devsphere/shared/contracts/events/task-event.ts';
import { debouncedSubmitBody } from '@devsphere/shared/contracts/http/debounce.ts';
import { taskExplanation } from '@devsphere/shared/contracts/http/explanation.ts';
import {
  bulkResults,
  bulkSubmitBody,
  listTasksQuery,
  retryTaskBody,
  submitTaskBody,
  taskDetail,
  taskPage,
  taskSummary,
} from '@devsphere/shared/contracts/http/task.ts';
import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import type { Json, OpenApiTools } from '../tools.ts';

/** The paths of tasks and their events; `components` holds the schemas met so far. */
export function taskPaths(tools: OpenApiTools, components: Json): Json {
  const { operation, schema, body, problems, pathParameter, queryParameters, idempotencyKey } =
    tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const task = pathParameter('id', 'Id of the task.');
  const submission = submissionOfAnyKind(tools, components);
  return {
    '/v1/orgs/{org}/tasks': {
      parameters: [org],
      post: {
        ...operation('Submit a task', 'tasks', {
          201: body(taskSummary, 'Submitted'),
          200: body(taskSummary, 'Submitted before with this Idempotency-Key'),
          ...problems(400, 401, 402, 403, 404, 409, 413, 415, 503),
        }),
        parameters: [idempotencyKey],
        requestBody: { required: true, content: { 'application/json': { schema: submission } } },
      },
      get: {
        ...operation('List tasks, newest first', 'tasks', {
          200: body(taskPage, 'One page'),
          ...problems(400, 401, 404, 503),
        }),
        parameters: queryParameters(schema(listTasksQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/tasks/bulk': {
      parameters: [org],
      post: {
        ...operation('Submit up to 1,000 tasks at once', 'tasks', {
          200: body(bulkResults, 'What became of each; those taken were written together'),
          ...problems(400, 401, 402, 403, 404, 413, 415, 503),
        }),
        parameters: [
          {
            ...idempotencyKey,
            description: 'Makes a key for each task that brings none, by its position.',
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schema(bulkSubmitBody, 'input') } },
        },
      },
    },
    '/v1/orgs/{org}/tasks/debounced': {
      parameters: [org],
      post: {
        ...operation('Submit a task that waits for others of its key', 'tasks', {
          201: body(taskSummary, 'Submitted; it waits'),
          200: body(taskSummary, 'One was waiting: it has this input now'),
          ...problems(400, 401, 402, 403, 404, 413, 415, 503),
        }),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schema(debouncedSubmitBody, 'input') } },
        },
      },
    },
    '/v1/orgs/{org}/tasks/{id}': {
      parameters: [org, task],
      get: operation('Read a task with its output', 'tasks', {
        200: body(taskDetail, 'The task'),
        ...problems(401, 404, 503),
      }),
    },
    '/v1/orgs/{org}/tasks/{id}/cancellation': {
      parameters: [org, task],
      post: operation('Cancel a task', 'tasks', {
        200: body(taskSummary, 'Cancelled'),
        202: body(taskSummary, 'Asked to stop'),
        ...problems(401, 403, 404, 409, 503),
      }),
    },
    '/v1/orgs/{org}/tasks/{id}/explanation': {
      parameters: [org, task],
      get: operation('Ask why a task does not run, why it failed, what it cost', 'tasks', {
        200: body(taskExplanation, 'The reason, in words and as a code'),
        ...problems(401, 404, 503),
      }),
    },
    '/v1/orgs/{org}/tasks/{id}/start': {
      parameters: [org, task],
      post: operation('Start a task now that waits for its time', 'tasks', {
        202: body(taskSummary, 'Due at once'),
        ...problems(401, 403, 404, 409, 503),
      }),
    },
    '/v1/orgs/{org}/tasks/{id}/retries': {
      parameters: [org, task],
      post: {
        ...operation('Retry a task that failed, expired or was cancelled', 'tasks', {
          202: body(taskSummary, 'Queued again'),
          ...problems(400, 401, 402, 403, 404, 409, 503),
        }),
        requestBody: {
          required: false,
          content: { 'application/json': { schema: schema(retryTaskBody, 'input') } },
        },
      },
    },
    '/v1/orgs/{org}/tasks/{id}/events': {
      parameters: [org, task],
      get: {
        ...operation('Watch a task', 'events', {
          200: {
            description: `Server-sent events, each with its sequence number as id, ending after task.ended. Types: ${taskEventTypes.join(', ')}.`,
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...problems(400, 401, 404, 503),
        }),
        parameters: [
          {
            name: 'Last-Event-ID',
            in: 'header',
            schema: { type: 'integer', minimum: 0 },
            description: 'Start after this event; browsers send it when they reconnect.',
          },
          {
            name: 'after',
            in: 'query',
            schema: { type: 'integer', minimum: 0 },
            description: 'The same, for the first connection.',
          },
        ],
      },
    },
  };
}

/** The watch over all tasks of an organisation. */
export function organizationEventPaths({ operation, pathParameter, problems }: OpenApiTools): Json {
  const org = pathParameter('org', 'Id or slug of the organisation.');
  return {
    '/v1/orgs/{org}/events': {
      parameters: [org],
      get: {
        ...operation('Watch which tasks change', 'events', {
          200: {
            description:
              'Server-sent events of type task with the id of a changed task, null when any may have; and of type organization when the organisation itself has changed, such as by being paused.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...problems(400, 401, 404, 503),
        }),
        parameters: [
          {
            name: 'about',
            in: 'query',
            schema: { type: 'string', enum: ['organization'] },
            description: 'Tells of the organisation itself alone, and of no task.',
          },
        ],
      },
    },
  };
}

/** A submission's body: the kinds one after the other, each with its input's schema. */
function submissionOfAnyKind({ schema }: OpenApiTools, components: Json): Json {
  return {
    oneOf: Object.entries(taskKinds).map(([name, kind]) => {
      const base = schema(submitTaskBody, 'input');
      const resolved = (typeof base.$ref === 'string' ? components.SubmitTask : base) as {
        properties: Json;
        required: string[];
      };
      return {
        title: kind.title,
        description: kind.description,
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'input'],
        properties: {
          ...resolved.properties,
          kind: { const: name },
          input: schema(kind.input, 'input'),
        },
      };
    }),
  };
}
