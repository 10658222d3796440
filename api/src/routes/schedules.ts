import { createSchedule } from '@devsphere/shared/commands/create-schedule.ts';
import { deleteSchedule } from '@devsphere/shared/commands/delete-schedule.ts';
import { editSchedule } from '@devsphere/shared/commands/edit-schedule.ts';
import { pauseSchedule } from '@devsphere/shared/commands/pause-schedule.ts';
import { resumeSchedule } from '@devsphere/shared/commands/resume-schedule.ts';
import { runScheduleNow } from '@devsphere/shared/commands/run-schedule-now.ts';
import {
  createScheduleBody,
  editScheduleBody,
  listScheduleRunsQuery,
  listSchedulesQuery,
} from '@devsphere/shared/contracts/http/schedule.ts';
import { isId, newId } from '@devsphere/shared/ids.ts';
import { findOrganizationId } from '@devsphere/shared/queries/find-organization-id.ts';
import { getSchedule, noSuchSchedule } from '@devsphere/shared/queries/get-schedule.ts';
import { listScheduleRuns } from '@devsphere/shared/queries/list-schedule-runs.ts';
import { listSchedules } from '@devsphere/shared/queries/list-schedules.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { callerOf, forPeople } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** Create, list, read, edit, pause, resume, run and delete schedules of an organisation; programs may read. */
export function scheduleRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const contextOf = (request: Request, response: Response) =>
    commandContextOf(deps, request, response);
  const targetOf = async (request: Request, response: Response) => {
    const scheduleId = String(request.params.id);
    if (!isId(scheduleId)) throw noSuchSchedule();
    return { orgId: await orgIdOf(deps, request, response), scheduleId };
  };

  // A schedule runs with a person's rights, so only people change one.
  router.use((request, response, next) =>
    request.method === 'GET' ? next() : forPeople(request, response, next),
  );

  router.post('/', async (request, response) => {
    const orgId = await orgIdOf(deps, request, response);
    const body = validate(createScheduleBody, request.body ?? {});
    const { schedule, created } = await createSchedule(contextOf(request, response), {
      ...body,
      orgId,
      idempotencyKey: request.get('Idempotency-Key') ?? null,
    });
    if (!created) response.setHeader('Idempotency-Replayed', 'true');
    response
      .status(created ? 201 : 200)
      .location(`/v1/orgs/${orgId}/schedules/${schedule.id}`)
      .json(schedule);
  });

  router.get('/', async (request, response) => {
    const { actor } = callerOf(response, 'schedules.read');
    const query = validate(listSchedulesQuery, request.query);
    const orgId = await findOrganizationId(deps.database, actor, orgNameOf(request));
    response.json(await listSchedules(deps.database, actor, orgId, query));
  });

  router.get('/:id', async (request, response) => {
    const { actor } = callerOf(response, 'schedules.read');
    const { orgId, scheduleId } = await targetOf(request, response);
    response.json(await getSchedule(deps.database, actor, orgId, scheduleId));
  });

  router.patch('/:id', async (request, response) => {
    const target = await targetOf(request, response);
    const body = validate(editScheduleBody, request.body ?? {});
    response.json(await editSchedule(contextOf(request, response), { ...body, ...target }));
  });

  router.delete('/:id', async (request, response) => {
    await deleteSchedule(contextOf(request, response), await targetOf(request, response));
    response.status(204).end();
  });

  router.post('/:id/pause', async (request, response) => {
    const target = await targetOf(request, response);
    response.json(await pauseSchedule(contextOf(request, response), target));
  });

  router.post('/:id/resumption', async (request, response) => {
    const target = await targetOf(request, response);
    response.json(await resumeSchedule(contextOf(request, response), target));
  });

  router.get('/:id/runs', async (request, response) => {
    const { actor } = callerOf(response, 'schedules.read');
    const target = await targetOf(request, response);
    const query = validate(listScheduleRunsQuery, request.query);
    response.json(await listScheduleRuns(deps.database, actor, target, query));
  });

  router.post('/:id/runs', async (request, response) => {
    const target = await targetOf(request, response);
    const { task, created } = await runScheduleNow(contextOf(request, response), {
      ...target,
      idempotencyKey: request.get('Idempotency-Key') ?? newId(),
    });
    if (!created) response.setHeader('Idempotency-Replayed', 'true');
    response
      .status(created ? 201 : 200)
      .location(`/v1/orgs/${target.orgId}/tasks/${task.id}`)
      .json(task);
  });

  return router;
}
