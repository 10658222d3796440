import type { OutgoingContext } from '@devsphere/shared/commands/outgoing-context.ts';
import { createEndpoint } from '@devsphere/shared/commands/webhooks/create-endpoint.ts';
import { deleteEndpoint } from '@devsphere/shared/commands/webhooks/delete-endpoint.ts';
import { disableEndpoint } from '@devsphere/shared/commands/webhooks/disable-endpoint.ts';
import { editEndpoint } from '@devsphere/shared/commands/webhooks/edit-endpoint.ts';
import { enableEndpoint } from '@devsphere/shared/commands/webhooks/enable-endpoint.ts';
import { redeliver } from '@devsphere/shared/commands/webhooks/redeliver.ts';
import { rotateSecret } from '@devsphere/shared/commands/webhooks/rotate-secret.ts';
import { sendTest } from '@devsphere/shared/commands/webhooks/send-test.ts';
import {
  createEndpointBody,
  editEndpointBody,
  listDeliveriesQuery,
} from '@devsphere/shared/contracts/http/webhook.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { getDelivery } from '@devsphere/shared/queries/webhooks/get-delivery.ts';
import { getEndpoint, noSuchEndpoint } from '@devsphere/shared/queries/webhooks/get-endpoint.ts';
import { listDeliveries } from '@devsphere/shared/queries/webhooks/list-deliveries.ts';
import { listEndpoints } from '@devsphere/shared/queries/webhooks/list-endpoints.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** The webhook endpoints of an organisation, what was sent to them, and what came back. */
export function webhookRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const { database, outgoing } = deps;
  const contextOf = (request: Request, response: Response): OutgoingContext => ({
    ...commandContextOf(deps, request, response),
    outgoing,
  });
  const endpointOf = async (request: Request, response: Response) => {
    const endpointId = String(request.params.id);
    if (!isId(endpointId)) throw noSuchEndpoint();
    return { orgId: await orgIdOf(deps, request, response), endpointId };
  };
  const deliveryOf = async (request: Request, response: Response) => {
    const deliveryId = String(request.params.delivery);
    if (!isId(deliveryId)) throw noSuchEndpoint();
    return { ...(await endpointOf(request, response)), deliveryId };
  };

  router.get('/', async (request, response) => {
    response.json(await listEndpoints(database, sessionOf(response).actor, orgNameOf(request)));
  });
  router.post('/', async (request, response) => {
    const body = validate(createEndpointBody, request.body ?? {});
    const orgId = await orgIdOf(deps, request, response);
    const created = await createEndpoint(contextOf(request, response), {
      ...body,
      orgId,
      idempotencyKey: request.get('Idempotency-Key') ?? null,
    });
    response
      .status(201)
      .location(`/v1/orgs/${orgId}/webhooks/${created.endpoint.id}`)
      .json(created);
  });
  router.get('/:id', async (request, response) => {
    const target = await endpointOf(request, response);
    response.json(await getEndpoint(database, sessionOf(response).actor, target));
  });
  router.patch('/:id', async (request, response) => {
    const body = validate(editEndpointBody, request.body ?? {});
    const target = await endpointOf(request, response);
    response.json(await editEndpoint(contextOf(request, response), { ...body, ...target }));
  });
  router.delete('/:id', async (request, response) => {
    await deleteEndpoint(contextOf(request, response), await endpointOf(request, response));
    response.status(204).end();
  });
  router.post('/:id/enabling', async (request, response) => {
    const target = await endpointOf(request, response);
    response.json(await enableEndpoint(contextOf(request, response), target));
  });
  router.post('/:id/disabling', async (request, response) => {
    const target = await endpointOf(request, response);
    response.json(await disableEndpoint(contextOf(request, response), target));
  });
  router.post('/:id/secrets', async (request, response) => {
    const target = await endpointOf(request, response);
    response.status(201).json(await rotateSecret(contextOf(request, response), target));
  });
  router.post('/:id/tests', async (request, response) => {
    const target = await endpointOf(request, response);
    response.status(202).json(await sendTest(contextOf(request, response), target));
  });
  router.get('/:id/deliveries', async (request, response) => {
    const query = validate(listDeliveriesQuery, request.query);
    const target = await endpointOf(request, response);
    response.json(await listDeliveries(database, sessionOf(response).actor, target, query));
  });
  router.get('/:id/deliveries/:delivery', async (request, response) => {
    const target = await deliveryOf(request, response);
    response.json(await getDelivery(database, sessionOf(response).actor, target));
  });
  router.post('/:id/deliveries/:delivery/redelivery', async (request, response) => {
    const target = await deliveryOf(request, response);
    response.status(202).json(await redeliver(contextOf(request, response), target));
  });

  return router;
}
