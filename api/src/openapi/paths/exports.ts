import {
  exportPage,
  listExportsQuery,
  organizationExport,
} from '@devsphere/shared/contracts/http/export.ts';
import type { OpenApiTools } from '../tools.ts';

type Json = Record<string, unknown>;

/** The paths of exports in the OpenAPI document. */
export function exportPaths(tools: OpenApiTools): Json {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const id = pathParameter('id', 'Id of the export.');
  return {
    '/v1/orgs/{org}/exports': {
      parameters: [org],
      post: operation('Ask for an export of everything', 'organizations', {
        202: body(organizationExport, 'Being made'),
        200: body(organizationExport, 'One was being made already'),
        ...problems(401, 403, 404, 503),
      }),
      get: {
        ...operation('List exports, newest first', 'organizations', {
          200: body(exportPage, 'One page; empty for who may not export'),
          ...problems(400, 401, 404, 503),
        }),
        parameters: queryParameters(schema(listExportsQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/exports/{id}': {
      parameters: [org, id],
      get: operation('Read an export', 'organizations', {
        200: body(organizationExport, 'The export'),
        ...problems(401, 404, 503),
      }),
    },
    '/v1/orgs/{org}/exports/{id}/content': {
      parameters: [org, id],
      get: operation('Download an export', 'organizations', {
        200: {
          description: 'A zip with one file of JSON lines for each table',
          content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problems(401, 404, 409, 503),
      }),
    },
  };
}
