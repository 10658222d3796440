import { taskEventTypes } from '@devsphere/shared/contracts/events/task-event.ts';
import { debouncedSubmitBody } from '@devsphere/shared/contracts/http/debounce.ts';
import { taskExplanation } from '@devsphere/shared/contracts/http/explanation.ts';
import { problem } from '@devsphere/shared/contracts/http/problem.ts';
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
import { z } from 'zod';
import { apiKeyPaths } from './openapi-api-keys.ts';
import { approvalPaths } from './openapi-approvals.ts';
import { artifactPaths } from './openapi-artifacts.ts';
import { auditPaths } from './openapi-audit.ts';
import { withCommonAnswers } from './openapi-common-answers.ts';
import { exportPaths } from './openapi-exports.ts';
import { integrationPaths } from './openapi-integrations.ts';
import { invitationPaths } from './openapi-invitations.ts';
import { organizationPaths } from './openapi-organizations.ts';
import { pausePaths } from './openapi-pause.ts';
import { type OpenApiTools, schedulePaths } from './openapi-schedules.ts';
import { withScopes } from './openapi-scopes.ts';
import { usagePaths } from './openapi-usage.ts';
import { webhookPaths } from './openapi-webhooks.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that validate requests and shape answers. */
export function createOpenApi(): Json {
  const components: Record<string, unknown> = {};
  const schema = (zod: z.ZodType, io: 'input' | 'output' = 'output'): Json =>
    hoist(z.toJSONSchema(zod, { io }), components);
  const body = (zod: z.ZodType, description: string) => ({
    description,
    content: { 'application/json': { schema: schema(zod) } },
  });
  const problems = (...statuses: number[]) =>
    Object.fromEntries(
      statuses.map((status) => [
        status,
        {
          description: 'A problem (RFC 9457)',
          content: { 'application/problem+json': { schema: schema(problem) } },
        },
      ]),
    );
  const idempotencyKey: Json = {
    name: 'Idempotency-Key',
    in: 'header',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    description: 'The same key and body get the first answer; another body is refused.',
  };
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const task = pathParameter('id', 'Id of the task.');

  const submission = {
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

  const tools: OpenApiTools = {
    operation,
    schema,
    body,
    problems,
    pathParameter,
    queryParameters,
    idempotencyKey,
  };

  const document = {
    openapi: '3.1.0',
    info: {
      title: 'DevSphere OS',
      version: '1.0.0',
      description:
        'Submit long AI tasks, watch them stream, get results. Errors are RFC 9457 problem details.',
    },
    security: [{ bearer: [] }],
    paths: {
      '/v1/me': {
        get: operation('Who you are and where you belong', 'identity', {
          200: jsonAnswer('You', { type: 'object' }),
          ...problems(401),
        }),
      },
      '/v1/task-kinds': {
        get: operation('What can be submitted', 'identity', {
          200: jsonAnswer('Kinds with their schemas', { type: 'object' }),
          ...problems(401),
        }),
      },
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
      ...approvalPaths(tools),
      ...artifactPaths(tools),
      ...organizationPaths(tools),
      ...pausePaths(tools),
      ...invitationPaths(tools),
      ...exportPaths(tools),
      ...schedulePaths(tools),
      ...auditPaths(tools),
      ...usagePaths(tools),
      ...webhookPaths(tools),
      ...integrationPaths(tools),
      ...apiKeyPaths(tools),
      '/v1/orgs/{org}/events': {
        parameters: [org],
        get: operation('Watch which tasks change', 'events', {
          200: {
            description: 'Server-sent events of type task with the id of a changed task.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...problems(401, 404, 503),
        }),
      },
    },
    components: {
      schemas: components,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key (ds_live_…), or the Supabase access token of a person.',
        },
      },
    },
  };
  return withScopes(withCommonAnswers(document, problems));
}

function operation(summary: string, tag: string, responses: Json): Json {
  return {
    summary,
    tags: [tag],
    operationId: summary.replaceAll(
      /[^A-Za-z]+(\w)?/g,
      (_match, letter: string | undefined) => letter?.toUpperCase() ?? '',
    ),
    responses,
  };
}

function jsonAnswer(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } };
}

function pathParameter(name: string, description: string): Json {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } };
}

function queryParameters(schema: Json): Json[] {
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).map(
    ([name, property]) => ({
      name,
      in: 'query',
      schema: property,
      ...(property.description ? { description: property.description } : {}),
      ...(property.type === 'array' ? { style: 'form', explode: false } : {}),
    }),
  );
}

/** Moves named schemas to the document's components and points references there. */
function hoist(schema: Json, components: Record<string, unknown>): Json {
  const {
    $defs,
    $schema: _dialect,
    ...rest
  } = JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/')) as Json;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json))
    components[name] ??= definition;
  if (typeof rest.id !== 'string') return rest;
  const { id, ...definition } = rest;
  components[id] ??= definition;
  return { $ref: `#/components/schemas/${id}` };
}
