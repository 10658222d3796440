import { cancelTask } from '@devsphere/shared/commands/cancel-task.ts';
import { debounceTask } from '@devsphere/shared/commands/debounce-task.ts';
import { retryTask } from '@devsphere/shared/commands/retry-task.ts';
import { startTaskNow } from '@devsphere/shared/commands/start-task-now.ts';
import { submitBulk } from '@devsphere/shared/commands/submit-bulk.ts';
import { submitTask } from '@devsphere/shared/commands/submit-task.ts';
import { debouncedSubmitBody } from '@devsphere/shared/contracts/http/debounce.ts';
import {
  bulkSubmitBody,
  listTasksQuery,
  retryTaskBody,
  submitTaskBody,
} from '@devsphere/shared/contracts/http/task.ts';
import { explainTask } from '@devsphere/shared/queries/explain-task.ts';
import { findOrganizationId } from '@devsphere/shared/queries/find-organization-id.ts';
import { getTask } from '@devsphere/shared/queries/get-task.ts';
import { listTasks } from '@devsphere/shared/queries/list-tasks.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { callerContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf, taskIdOf } from './task-params.ts';

/** Submit, list, read, cancel and retry tasks of an organisation. */
export function taskRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const contextOf = (request: Request, response: Response) =>
    callerContextOf(deps, request, response, 'tasks.submit');

  router.post('/', async (request, response) => {
    const context = contextOf(request, response);
    const orgId = await orgIdOf(deps, request, response);
    const body = validate(submitTaskBody, request.body ?? {});
    const idempotencyKey = request.get('Idempotency-Key') ?? null;
    const { task, created } = await submitTask(context, {
      ...body,
      orgId,
      idempotencyKey,
    });
    if (!created) response.setHeader('Idempotency-Replayed', 'true');
    response
      .status(created ? 201 : 200)
      .location(`/v1/orgs/${orgId}/tasks/${task.id}`)
      .json(task);
  });

  router.post('/bulk', async (request, response) => {
    const context = contextOf(request, response);
    const orgId = await orgIdOf(deps, request, response);
    const { tasks } = validate(bulkSubmitBody, request.body ?? {});
    const idempotencyKey = request.get('Idempotency-Key') ?? null;
    response.json({ results: await submitBulk(context, { orgId, tasks, idempotencyKey }) });
  });

  router.post('/debounced', async (request, response) => {
    const context = contextOf(request, response);
    const orgId = await orgIdOf(deps, request, response);
    const body = validate(debouncedSubmitBody, request.body ?? {});
    const { task, created } = await debounceTask(context, { ...body, orgId });
    response
      .status(created ? 201 : 200)
      .location(`/v1/orgs/${orgId}/tasks/${task.id}`)
      .json(task);
  });

  router.get('/', async (request, response) => {
    const { actor } = callerOf(response, 'tasks.read');
    const query = validate(listTasksQuery, request.query);
    // A list of somebody else's organisation must be a 404, not an empty page.
    const orgId = await findOrganizationId(deps.database, actor, orgNameOf(request));
    response.json(await listTasks(deps.database, actor, orgId, query));
  });

  router.get('/:id', async (request, response) => {
    const { actor } = callerOf(response, 'tasks.read');
    const orgId = await orgIdOf(deps, request, response);
    response.json(await getTask(deps.database, actor, orgId, taskIdOf(request)));
  });

  router.get('/:id/explanation', async (request, response) => {
    const { actor } = callerOf(response, 'tasks.read');
    const orgId = await orgIdOf(deps, request, response);
    const taskId = taskIdOf(request);
    response.json(await explainTask(deps.database, deps.boss, actor, orgId, taskId));
  });

  router.post('/:id/cancellation', async (request, response) => {
    const context = contextOf(request, response);
    const orgId = await orgIdOf(deps, request, response);
    const task = await cancelTask(context, { orgId, taskId: taskIdOf(request) });
    response.status(task.state === 'cancelled' ? 200 : 202).json(task);
  });

  router.post('/:id/start', async (request, response) => {
    const context = contextOf(request, response);
    const orgId = await orgIdOf(deps, request, response);
    response.status(202).json(await startTaskNow(context, { orgId, taskId: taskIdOf(request) }));
  });

  router.post('/:id/retries', async (request, response) => {
    const context = contextOf(request, response);
    const orgId = await orgIdOf(deps, request, response);
    const taskId = taskIdOf(request);
    const { fromStep } = validate(retryTaskBody, request.body ?? {});
    const task = await retryTask(context, { orgId, taskId, fromStep });
    response.status(202).json(task);
  });

  return router;
}
