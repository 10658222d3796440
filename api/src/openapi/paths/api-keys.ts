import {
  apiKeyPage,
  apiKeySummary,
  createApiKeyBody,
  listApiKeysQuery,
  newApiKey,
  rotateApiKeyBody,
} from '@devsphere/shared/contracts/http/api-key.ts';
import type { z } from 'zod';
import type { OpenApiTools } from '../tools.ts';

type Json = Record<string, unknown>;

/** The paths of API keys in the OpenAPI document. */
export function apiKeyPaths(tools: OpenApiTools): Json {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const organization = '/v1/orgs/{org}/api-keys';
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const id = pathParameter('id', 'Id of the API key.');
  const requestBody = (zod: z.ZodType, required: boolean) => ({
    required,
    content: { 'application/json': { schema: schema(zod, 'input') } },
  });
  return {
    [organization]: {
      parameters: [org],
      post: {
        ...operation('Make an API key', 'api keys', {
          201: body(newApiKey, 'The key, shown this once'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        parameters: [tools.idempotencyKey],
        requestBody: requestBody(createApiKeyBody, true),
      },
      get: {
        ...operation('List API keys, newest first', 'api keys', {
          200: body(apiKeyPage, 'One page'),
          ...problems(400, 401, 403, 404, 503),
        }),
        parameters: queryParameters(schema(listApiKeysQuery, 'input')),
      },
    },
    [`${organization}/{id}`]: {
      parameters: [org, id],
      get: operation('Read an API key', 'api keys', {
        200: body(apiKeySummary, 'The key without its secret'),
        ...problems(401, 403, 404, 503),
      }),
    },
    [`${organization}/{id}/rotations`]: {
      parameters: [org, id],
      post: {
        ...operation('Replace an API key', 'api keys', {
          201: body(newApiKey, 'The new key, shown this once'),
          ...problems(400, 401, 403, 404, 409, 413, 415, 503),
        }),
        requestBody: requestBody(rotateApiKeyBody, false),
      },
    },
    [`${organization}/{id}/revocation`]: {
      parameters: [org, id],
      post: operation('Revoke an API key at once', 'api keys', {
        200: body(apiKeySummary, 'The key, which no longer works'),
        ...problems(401, 403, 404, 503),
      }),
    },
  };
}
