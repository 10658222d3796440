import { findOrganizationId } from '@devsphere/shared/queries/find-organization-id.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { heartbeatMilliseconds, openEventStream } from '../events/event-stream.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { orgNameOf } from './task-params.ts';

/** Access is looked at again this often: whoever lost it sees nothing after 5 s. */
const recheckMilliseconds = 4_000;
/** A busy organisation is told at most this often. */
const pauseMilliseconds = 250;

/** Which tasks of an organisation changed: ids only, for lists that then read what they show. */
export function organizationEventRoutes({ database, hub }: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  router.get('/', async (request, response) => {
    const { actor, expiresAt } = callerOf(response, 'tasks.read');
    const org = orgNameOf(request);
    const orgId = await findOrganizationId(database, actor, org);
    const subscription = hub.subscribe(orgId);
    response.once('close', () => subscription.close());
    try {
      const stream = openEventStream(response);
      let quietSince = performance.now();
      while (!subscription.closed && expiresAt.getTime() > Date.now()) {
        const changed = await subscription.next(recheckMilliseconds);
        // Throws once the organisation is no longer theirs: the stream is cut.
        await findOrganizationId(database, actor, org);
        for (const taskId of changed)
          await stream.send({ event: 'task', data: { taskId: taskId || null } });
        if (changed.length > 0) {
          quietSince = performance.now();
          await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
        } else if (performance.now() - quietSince > heartbeatMilliseconds) {
          await stream.comment('still here');
          quietSince = performance.now();
        }
      }
      response.end();
    } finally {
      subscription.close();
    }
  });
  return router;
}
