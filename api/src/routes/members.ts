import { changeMemberRole } from '@devsphere/shared/commands/change-member-role.ts';
import { removeMember } from '@devsphere/shared/commands/remove-member.ts';
import { changeRoleBody, listMembersQuery } from '@devsphere/shared/contracts/http/member.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { listMembers } from '@devsphere/shared/queries/list-members.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** List members, change their role, remove them; `me` is the caller, who leaves by removing themselves. */
export function memberRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const targetOf = async (request: Request, response: Response) => {
    const given = String(request.params.user);
    const userId = given === 'me' ? sessionOf(response).actor.userId : given;
    if (!isId(userId))
      throw new AppError('not_found', 'This person does not belong to the organisation.');
    return { orgId: await orgIdOf(deps, request, response), userId };
  };

  router.get('/', async (request, response) => {
    const { actor } = sessionOf(response);
    const query = validate(listMembersQuery, request.query);
    const { orgId } = await findOrganization(deps.database, actor, orgNameOf(request));
    response.json(await listMembers(deps.database, actor, orgId, query));
  });

  router.patch('/:user', async (request, response) => {
    const target = await targetOf(request, response);
    const body = validate(changeRoleBody, request.body ?? {});
    await changeMemberRole(commandContextOf(deps, request, response), { ...target, ...body });
    response.status(204).end();
  });

  router.delete('/:user', async (request, response) => {
    const target = await targetOf(request, response);
    await removeMember(commandContextOf(deps, request, response), target);
    response.status(204).end();
  });

  return router;
}
