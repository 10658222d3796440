import { acceptInvitation } from '@devsphere/shared/commands/accept-invitation.ts';
import { inviteMember } from '@devsphere/shared/commands/invite-member.ts';
import { resendInvitation } from '@devsphere/shared/commands/resend-invitation.ts';
import { revokeInvitation } from '@devsphere/shared/commands/revoke-invitation.ts';
import {
  acceptInvitationBody,
  inviteMemberBody,
  listInvitationsQuery,
} from '@devsphere/shared/contracts/http/invitation.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { listInvitations } from '@devsphere/shared/queries/list-invitations.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** Invite, list, send again and take back. */
export function invitationRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const targetOf = async (request: Request, response: Response) => {
    const invitationId = String(request.params.id);
    if (!isId(invitationId))
      throw new AppError('not_found', 'There is no such invitation, or you may not see it.');
    return { orgId: await orgIdOf(deps, request, response), invitationId };
  };

  router.post('/', async (request, response) => {
    const orgId = await orgIdOf(deps, request, response);
    const body = validate(inviteMemberBody, request.body ?? {});
    const context = commandContextOf(deps, request, response);
    response.status(201).json(await inviteMember(context, { ...body, orgId }));
  });

  router.get('/', async (request, response) => {
    const { actor } = sessionOf(response);
    const query = validate(listInvitationsQuery, request.query);
    const { orgId } = await findOrganization(deps.database, actor, orgNameOf(request));
    response.json(await listInvitations(deps.database, actor, orgId, query));
  });

  router.post('/:id/mails', async (request, response) => {
    const target = await targetOf(request, response);
    response
      .status(202)
      .json(await resendInvitation(commandContextOf(deps, request, response), target));
  });

  router.delete('/:id', async (request, response) => {
    const target = await targetOf(request, response);
    await revokeInvitation(commandContextOf(deps, request, response), target);
    response.status(204).end();
  });

  return router;
}

/** Accepting is outside of any organisation: who accepts does not belong to one yet. */
export function invitationAcceptanceRoutes(deps: AppDependencies): Router {
  const router = Router();
  router.post('/acceptance', async (request, response) => {
    const body = validate(acceptInvitationBody, request.body ?? {});
    response.json(await acceptInvitation(commandContextOf(deps, request, response), body));
  });
  return router;
}
