import {
  createEndpointBody,
  deliveryPage,
  editEndpointBody,
  endpointList,
  listDeliveriesQuery,
  webhookDelivery,
  webhookDeliveryDetail,
  webhookEndpoint,
  webhookEndpointWithSecret,
} from '@devsphere/shared/contracts/http/webhook.ts';
import type { z } from 'zod';
import type { OpenApiTools } from '../tools.ts';

/** The paths of webhooks in the OpenAPI document. */
export function webhookPaths(tools: OpenApiTools): Record<string, unknown> {
  const { schema, body, problems, pathParameter, queryParameters } = tools;
  const operation = (summary: string, responses: Record<string, unknown>) =>
    tools.operation(summary, 'webhooks', responses);
  const at = '/v1/orgs/{org}/webhooks';
  const org = pathParameter('org', 'Id or slug of the organisation.');
  const endpoint = [org, pathParameter('id', 'Id of the webhook.')];
  const delivery = [...endpoint, pathParameter('delivery', 'Id of the delivery.')];
  const requestBody = (zod: z.ZodType) => ({
    required: true,
    content: { 'application/json': { schema: schema(zod, 'input') } },
  });
  const read = problems(400, 401, 403, 404, 503);
  const write = problems(400, 401, 403, 404, 409, 413, 415, 503);
  const change = (summary: string) => ({
    parameters: endpoint,
    post: operation(summary, { 200: body(webhookEndpoint, 'The webhook'), ...write }),
  });
  return {
    [at]: {
      parameters: [org],
      get: operation('List webhooks', { 200: body(endpointList, 'All of them'), ...read }),
      post: {
        ...operation('Create a webhook', {
          201: body(webhookEndpointWithSecret, 'Created, with its signing secret'),
          ...write,
        }),
        parameters: [tools.idempotencyKey],
        requestBody: requestBody(createEndpointBody),
      },
    },
    [`${at}/{id}`]: {
      parameters: endpoint,
      get: operation('Read a webhook', { 200: body(webhookEndpoint, 'The webhook'), ...read }),
      patch: {
        ...operation('Edit a webhook', {
          200: body(webhookEndpoint, 'Changed; what the body left out stayed'),
          ...write,
        }),
        requestBody: requestBody(editEndpointBody),
      },
      delete: operation('Delete a webhook and its delivery log', {
        204: { description: 'Deleted' },
        ...read,
      }),
    },
    [`${at}/{id}/enabling`]: change('Enable a webhook'),
    [`${at}/{id}/disabling`]: change('Disable a webhook'),
    [`${at}/{id}/secrets`]: {
      parameters: endpoint,
      post: operation('Give a webhook a new signing secret', {
        201: body(webhookEndpointWithSecret, 'The one before signs along for a day'),
        ...write,
      }),
    },
    [`${at}/{id}/tests`]: {
      parameters: endpoint,
      post: operation('Send a test message to a webhook', {
        202: body(webhookDelivery, 'On its way'),
        ...write,
      }),
    },
    [`${at}/{id}/deliveries`]: {
      parameters: endpoint,
      get: {
        ...operation('List what was sent to a webhook, newest first', {
          200: body(deliveryPage, 'One page'),
          ...read,
        }),
        parameters: queryParameters(schema(listDeliveriesQuery, 'input')),
      },
    },
    [`${at}/{id}/deliveries/{delivery}`]: {
      parameters: delivery,
      get: operation('Read a delivery with what came back', {
        200: body(webhookDeliveryDetail, 'The delivery'),
        ...read,
      }),
    },
    [`${at}/{id}/deliveries/{delivery}/redelivery`]: {
      parameters: delivery,
      post: operation('Send a message again', {
        202: body(webhookDelivery, 'On its way, under the same id'),
        ...write,
      }),
    },
  };
}
