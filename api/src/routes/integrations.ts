import { chooseEvents } from '@devsphere/shared/commands/integrations/choose-events.ts';
import { connectAnthropic } from '@devsphere/shared/commands/integrations/connect-anthropic.ts';
import { connectSlack } from '@devsphere/shared/commands/integrations/connect-slack.ts';
import { disconnectIntegration } from '@devsphere/shared/commands/integrations/disconnect-integration.ts';
import { testIntegration } from '@devsphere/shared/commands/integrations/test-integration.ts';
import type { OutgoingContext } from '@devsphere/shared/commands/outgoing-context.ts';
import {
  chooseEventsBody,
  connectAnthropicBody,
  connectSlackBody,
  integrationKinds,
} from '@devsphere/shared/contracts/http/integration.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { listIntegrations } from '@devsphere/shared/queries/integrations/list-integrations.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** What an organisation connects: its own Anthropic key, and a chat. Secrets go in and never come out. */
export function integrationRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const contextOf = (request: Request, response: Response): OutgoingContext => ({
    ...commandContextOf(deps, request, response),
    outgoing: deps.outgoing,
  });
  const targetOf = async (request: Request, response: Response) => {
    const kind = integrationKinds.find((known) => known === request.params.kind);
    if (!kind) throw new AppError('not_found', 'There is no such kind of integration.');
    return { orgId: await orgIdOf(deps, request, response), kind };
  };

  router.get('/', async (request, response) => {
    const { actor } = sessionOf(response);
    response.json(await listIntegrations(deps.database, actor, orgNameOf(request)));
  });
  router.put('/anthropic', async (request, response) => {
    const body = validate(connectAnthropicBody, request.body ?? {});
    const orgId = await orgIdOf(deps, request, response);
    response.json(await connectAnthropic(contextOf(request, response), { ...body, orgId }));
  });
  router.put('/slack', async (request, response) => {
    const body = validate(connectSlackBody, request.body ?? {});
    const orgId = await orgIdOf(deps, request, response);
    response.json(await connectSlack(contextOf(request, response), { ...body, orgId }));
  });
  router.patch('/slack', async (request, response) => {
    const body = validate(chooseEventsBody, request.body ?? {});
    const orgId = await orgIdOf(deps, request, response);
    response.json(await chooseEvents(contextOf(request, response), { ...body, orgId }));
  });
  router.post('/:kind/tests', async (request, response) => {
    const target = await targetOf(request, response);
    response.status(202).json(await testIntegration(contextOf(request, response), target));
  });
  router.delete('/:kind', async (request, response) => {
    const target = await targetOf(request, response);
    await disconnectIntegration(contextOf(request, response), target);
    response.status(204).end();
  });

  return router;
}
