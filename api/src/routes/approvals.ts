import { answerApproval } from '@devsphere/shared/commands/approvals/answer-approval.ts';
import { answerApprovalBody } from '@devsphere/shared/contracts/http/approval.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { listApprovals } from '@devsphere/shared/queries/approvals/list-approvals.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { callerContextOf } from '../middleware/command-context.ts';
import { orgIdOf, taskIdOf } from './task-params.ts';

/** What a task asked people: read and answer it. */
export function approvalRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });

  router.get('/:id/approvals', async (request, response) => {
    const { actor } = callerOf(response, 'tasks.read');
    const orgId = await orgIdOf(deps, request, response);
    const approvals = await listApprovals(deps.database, actor, orgId, taskIdOf(request));
    response.json({ approvals });
  });

  router.post('/:id/approvals/:approval/answer', async (request, response) => {
    const context = callerContextOf(deps, request, response, 'tasks.submit');
    const orgId = await orgIdOf(deps, request, response);
    const taskId = taskIdOf(request);
    const approvalId = String(request.params.approval);
    const { answer } = validate(answerApprovalBody, request.body ?? {});
    if (!isId(approvalId))
      throw new AppError('not_found', 'There is no such approval, or you may not see it.');
    response.status(202).json(await answerApproval(context, { orgId, taskId, approvalId, answer }));
  });

  return router;
}
