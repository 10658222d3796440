import {
  organizationPause,
  pauseOrganizationBody,
} from '@devsphere/shared/contracts/http/pause.ts';
import type { OpenApiTools } from '../tools.ts';

/** Holding the work of an organisation. */
export function pausePaths(tools: OpenApiTools): Record<string, unknown> {
  const { operation, schema, body, problems, pathParameter } = tools;
  return {
    '/v1/orgs/{org}/pause': {
      parameters: [pathParameter('org', 'Id or slug of the organisation.')],
      get: operation('Read whether an organisation is paused', 'organizations', {
        200: body(organizationPause, 'Whether it is, since when and why'),
        ...problems(401, 404, 503),
      }),
      put: {
        ...operation('Pause an organisation', 'organizations', {
          200: body(organizationPause, 'Paused: tasks are taken, and wait; running ones finish'),
          ...problems(400, 401, 403, 404, 413, 415, 503),
        }),
        requestBody: {
          required: false,
          content: { 'application/json': { schema: schema(pauseOrganizationBody, 'input') } },
        },
      },
      delete: operation('Resume an organisation', 'organizations', {
        204: { description: 'Waiting tasks start' },
        ...problems(401, 403, 404, 503),
      }),
    },
  };
}
