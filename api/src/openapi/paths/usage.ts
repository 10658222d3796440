import {
  budget,
  setBudgetBody,
  usageExportQuery,
  usageQuery,
  usageReport,
} from '@devsphere/shared/contracts/http/usage.ts';
import type { OpenApiTools } from '../tools.ts';

/** The paths of usage and budgets in the OpenAPI document. */
export function usagePaths(tools: OpenApiTools): Record<string, unknown> {
  const { operation, schema, body, problems, pathParameter, queryParameters } = tools;
  const org = pathParameter('org', 'Id or slug of the organisation.');
  return {
    '/v1/orgs/{org}/usage': {
      parameters: [org],
      get: {
        ...operation('Add usage up by day, person, kind or model', 'usage', {
          200: body(usageReport, 'Days oldest first, the rest dearest first; at most 500'),
          ...problems(400, 401, 403, 404, 503),
        }),
        parameters: queryParameters(schema(usageQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/usage/export': {
      parameters: [org],
      get: {
        ...operation('Take usage away as CSV, by day, person, kind and model', 'usage', {
          200: {
            description: 'A line for each, oldest first',
            content: { 'text/csv': { schema: { type: 'string' } } },
          },
          ...problems(400, 401, 403, 404, 503),
        }),
        parameters: queryParameters(schema(usageExportQuery, 'input')),
      },
    },
    '/v1/orgs/{org}/budget': {
      parameters: [org],
      get: operation('Read the budget and what became of it this month', 'usage', {
        200: body(budget, 'The budget'),
        ...problems(401, 403, 404, 503),
      }),
      put: {
        ...operation('Set the monthly budget', 'usage', {
          200: body(budget, 'Set; holds from the next submission on'),
          ...problems(400, 401, 403, 404, 413, 415, 503),
        }),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schema(setBudgetBody, 'input') } },
        },
      },
    },
  };
}
