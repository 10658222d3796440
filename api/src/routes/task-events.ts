import { AppError } from '@devsphere/shared/errors.ts';
import { taskEventsQuery } from '@devsphere/shared/queries/list-task-events.ts';
import { isTerminal } from '@devsphere/shared/tasks/states.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { heartbeatMilliseconds, openEventStream } from '../events/event-stream.ts';
import { untilRecheck } from '../events/shared-reads.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { orgIdOf, taskIdOf } from './task-params.ts';

const pageSize = 500;

/** The events of a task as they happen, from any sequence number, ending after the last. */
export function taskEventRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  router.get('/:id/events', async (request, response) => {
    const { actor, expiresAt } = callerOf(response, 'tasks.read');
    const orgId = await orgIdOf(deps, request, response);
    const taskId = taskIdOf(request);
    let afterSeq = startOf(request.get('Last-Event-ID') ?? request.query.after);
    const read = () =>
      deps.reads.read(actor, taskEventsQuery({ orgId, taskId, afterSeq, limit: pageSize }));

    const path = `${orgId}/${taskId}`;
    await deps.hub.follow({ path, response }, async (subscription) => {
      let page = await read();
      const stream = openEventStream(response);
      let quietSince = performance.now();
      while (expiresAt.getTime() > Date.now()) {
        for (const event of page.events) {
          await stream.send({ id: event.seq, event: event.type, data: event });
          afterSeq = event.seq;
          quietSince = performance.now();
        }
        if (isTerminal(page.state) && afterSeq >= page.lastSeq) break;
        if (page.events.length < pageSize) await subscription.next(untilRecheck());
        if (subscription.closed) break;
        if (performance.now() - quietSince > heartbeatMilliseconds) {
          await stream.comment('still here');
          quietSince = performance.now();
        }
        page = await read();
      }
      response.end();
    });
  });
  return router;
}

function startOf(value: unknown): number {
  if (value === undefined || value === '') return 0;
  const seq = Number(value);
  if (!Number.isSafeInteger(seq) || seq < 0) {
    throw new AppError('invalid_request', 'after: a sequence number, 0 or more.', {
      fields: [{ field: 'after', message: 'A sequence number, 0 or more' }],
    });
  }
  return seq;
}
