import {
  chooseEventsBody,
  connectAnthropicBody,
  connectSlackBody,
  integration,
  integrationList,
} from '@devsphere/shared/contracts/http/integration.ts';
import type { z } from 'zod';
import type { OpenApiTools } from '../tools.ts';

/** The paths of integrations in the OpenAPI document. */
export function integrationPaths(tools: OpenApiTools): Record<string, unknown> {
  const { schema, body, problems, pathParameter } = tools;
  const operation = (summary: string, responses: Record<string, unknown>) =>
    tools.operation(summary, 'integrations', responses);
  const at = '/v1/orgs/{org}/integrations';
  const parameters = [pathParameter('org', 'Id or slug of the organisation.')];
  const ofKind = [...parameters, pathParameter('kind', '`anthropic` or `slack`.')];
  const write = problems(400, 401, 403, 404, 409, 413, 415, 503);
  const saves = (summary: string, zod: z.ZodType) => ({
    ...operation(summary, { 200: body(integration, 'The integration'), ...write }),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schema(zod, 'input') } },
    },
  });
  return {
    [at]: {
      parameters,
      get: operation('List integrations', {
        200: body(integrationList, 'All of them, without their secrets'),
        ...problems(401, 403, 404, 503),
      }),
    },
    [`${at}/anthropic`]: {
      parameters,
      put: saves("Connect the organisation's own Anthropic key", connectAnthropicBody),
    },
    [`${at}/slack`]: {
      parameters,
      put: saves('Connect a chat', connectSlackBody),
      patch: saves('Choose what the chat is told of', chooseEventsBody),
    },
    [`${at}/{kind}/tests`]: {
      parameters: ofKind,
      post: operation('Look whether an integration works', {
        202: body(integration, 'A worker looks'),
        ...write,
      }),
    },
    [`${at}/{kind}`]: {
      parameters: ofKind,
      delete: operation('Disconnect an integration', {
        204: { description: 'Its sealed secret is deleted' },
        ...problems(401, 403, 404, 503),
      }),
    },
  };
}
