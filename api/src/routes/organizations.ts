import { createOrganization } from '@devsphere/shared/commands/create-organization.ts';
import { deleteOrganization } from '@devsphere/shared/commands/delete-organization.ts';
import { editOrganization } from '@devsphere/shared/commands/edit-organization.ts';
import {
  createOrganizationBody,
  deleteOrganizationBody,
  editOrganizationBody,
} from '@devsphere/shared/contracts/http/organization.ts';
import {
  findOrganization,
  listOrganizations,
} from '@devsphere/shared/queries/list-organizations.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** List, create, read and edit organisations. */
export function organizationRoutes(deps: AppDependencies): Router {
  const router = Router();

  router.get('/', async (_request, response) => {
    const { actor } = sessionOf(response);
    response.json({ organizations: await listOrganizations(deps.database, actor) });
  });

  router.post('/', async (request, response) => {
    const context = commandContextOf(deps, request, response);
    const body = validate(createOrganizationBody, request.body ?? {});
    const { organization, created } = await createOrganization(context, body);
    response
      .status(created ? 201 : 200)
      .location(`/v1/orgs/${organization.orgId}`)
      .json(organization);
  });

  router.get('/:org', async (request, response) => {
    const { actor } = sessionOf(response);
    response.json(await findOrganization(deps.database, actor, orgNameOf(request)));
  });

  router.patch('/:org', async (request, response) => {
    const context = commandContextOf(deps, request, response);
    const orgId = await orgIdOf(deps, request, response);
    const body = validate(editOrganizationBody, request.body ?? {});
    response.json(await editOrganization(context, { ...body, orgId }));
  });

  router.delete('/:org', async (request, response) => {
    const context = commandContextOf(deps, request, response);
    const orgId = await orgIdOf(deps, request, response);
    const { slug } = validate(deleteOrganizationBody, request.body ?? {});
    await deleteOrganization(context, { orgId, slug });
    response.status(202).end();
  });

  return router;
}
