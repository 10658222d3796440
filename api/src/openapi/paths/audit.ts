import {
  auditPage,
  exportAuditQuery,
  listAuditQuery,
} from '@devsphere/shared/contracts/http/audit.ts';
import type { OpenApiTools } from '../tools.ts';

/** The paths of the audit log in the OpenAPI document. */
export function auditPaths(tools: OpenApiTools): Record<string, unknown> {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const parameters = [pathParameter('org', 'Id or slug of the organisation.')];
  const text = { schema: { type: 'string' } };
  return {
    '/v1/orgs/{org}/audit-entries': {
      parameters,
      get: {
        ...operation('Read the audit log, newest first', 'audit', {
          200: body(auditPage, 'One page'),
          ...problems(400, 401, 403, 404, 503),
        }),
        parameters: queryParameters(schema(listAuditQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/audit-entries/export': {
      parameters,
      get: {
        ...operation('Download the audit log', 'audit', {
          200: {
            description: 'A file, streamed; one entry a line, newest first.',
            content: { 'text/csv': text, 'application/x-ndjson': text },
          },
          ...problems(400, 401, 403, 404, 503),
        }),
        parameters: queryParameters(schema(exportAuditQuery, 'input')),
      },
    },
  };
}
