import type { ApiKeyScope } from '@devsphere/shared/contracts/http/api-key-scopes.ts';

type Json = Record<string, unknown>;

/** What an API key needs for an operation: a scope, nothing but to be valid, or a person instead of a key. */
export type NeededOfKeys = ApiKeyScope | 'any' | 'person';

const org = '/v1/orgs/{org}';
const task = `${org}/tasks/{id}`;

/** Every operation that is open to programs. What is not here is for people. */
const openToKeys: Partial<Record<string, NeededOfKeys>> = {
  'get /v1/me': 'any',
  'get /v1/task-kinds': 'any',
  [`get ${org}/events`]: 'tasks.read',
  [`get ${org}/tasks`]: 'tasks.read',
  [`get ${task}`]: 'tasks.read',
  [`get ${task}/events`]: 'tasks.read',
  [`get ${task}/explanation`]: 'tasks.read',
  [`get ${task}/approvals`]: 'tasks.read',
  [`get ${task}/artifacts`]: 'tasks.read',
  [`get ${task}/artifacts/{artifact}/content`]: 'tasks.read',
  [`post ${org}/tasks`]: 'tasks.submit',
  [`post ${org}/tasks/bulk`]: 'tasks.submit',
  [`post ${org}/tasks/debounced`]: 'tasks.submit',
  [`post ${task}/cancellation`]: 'tasks.submit',
  [`post ${task}/start`]: 'tasks.submit',
  [`post ${task}/retries`]: 'tasks.submit',
  [`post ${task}/approvals/{approval}/answer`]: 'tasks.submit',
  [`get ${org}/schedules`]: 'schedules.read',
  [`get ${org}/schedules/{id}`]: 'schedules.read',
  [`get ${org}/schedules/{id}/runs`]: 'schedules.read',
  [`get ${org}/usage`]: 'usage.read',
  [`get ${org}/usage/export`]: 'usage.read',
  [`get ${org}/budget`]: 'usage.read',
};

const sentences = (needed: NeededOfKeys): string => {
  if (needed === 'any') return 'Open to any API key.';
  if (needed === 'person') return 'For people: API keys are refused.';
  return `An API key needs the scope \`${needed}\`.`;
};

/** Says at each operation what an API key needs for it, in words and as `x-api-key`. */
export function withScopes<T extends { paths: Json }>(document: T): T {
  for (const [path, item] of Object.entries(document.paths as Record<string, Json>))
    for (const [method, operation] of Object.entries(item)) {
      if (method === 'parameters') continue;
      const needed = openToKeys[`${method} ${path}`] ?? 'person';
      const described = operation as Json;
      const before = described.description ? `${described.description} ` : '';
      described.description = before + sentences(needed);
      described['x-api-key'] = needed;
    }
  return document;
}
