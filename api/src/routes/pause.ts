import { pauseOrganization } from '@devsphere/shared/commands/pausing/pause-organization.ts';
import { resumeOrganization } from '@devsphere/shared/commands/pausing/resume-organization.ts';
import { pauseOrganizationBody } from '@devsphere/shared/contracts/http/pause.ts';
import { getPause } from '@devsphere/shared/queries/get-pause.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** Whether an organisation holds its work. */
export function pauseRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });

  router.get('/', async (request, response) => {
    const { actor } = sessionOf(response);
    const { orgId } = await findOrganization(deps.database, actor, orgNameOf(request));
    response.json(await getPause(deps.database, actor, orgId));
  });

  router.put('/', async (request, response) => {
    const context = commandContextOf(deps, request, response);
    const orgId = await orgIdOf(deps, request, response);
    const body = validate(pauseOrganizationBody, request.body ?? {});
    response.json(await pauseOrganization(context, { orgId, ...body }));
  });

  router.delete('/', async (request, response) => {
    const context = commandContextOf(deps, request, response);
    await resumeOrganization(context, { orgId: await orgIdOf(deps, request, response) });
    response.status(204).end();
  });

  return router;
}
