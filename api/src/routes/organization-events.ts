import { AppError } from '@devsphere/shared/errors.ts';
import {
  findOrganizationId,
  organizationIdQuery,
} from '@devsphere/shared/queries/find-organization-id.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { heartbeatMilliseconds, openEventStream } from '../events/event-stream.ts';
import { untilRecheck } from '../events/shared-reads.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { orgNameOf } from './task-params.ts';

/** A stream that tells of no task has nothing to give away: who lost access is told by notification. */
const rarelyMilliseconds = 30_000;
/** A busy organisation is told at most this often. */
const pauseMilliseconds = 250;

/**
 * Which tasks of an organisation changed: ids only, for lists that then read what they show. `about=organization` tells
 * only of the organisation itself, such as that it was paused.
 */
export function organizationEventRoutes({ database, hub, reads }: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  router.get('/', async (request, response) => {
    const { actor, expiresAt } = callerOf(response, 'tasks.read');
    const org = orgNameOf(request);
    const orgId = await findOrganizationId(database, actor, org);
    const aboutItself = aboutOf(request.query.about) === 'organization';
    const about = aboutItself ? 'organization' : 'everything';
    await hub.follow({ path: orgId, about, response }, async (subscription) => {
      const stream = openEventStream(response);
      let quietSince = performance.now();
      while (expiresAt.getTime() > Date.now()) {
        const changed = await subscription.next(aboutItself ? rarelyMilliseconds : untilRecheck());
        if (subscription.closed) break;
        // Throws once the organisation is no longer theirs: the stream is cut.
        await reads.read(actor, organizationIdQuery(org));
        for (const taskId of changed) {
          if (!aboutItself) await stream.send({ event: 'task', data: { taskId: taskId || null } });
          if (taskId === '') await stream.send({ event: 'organization', data: {} });
        }
        if (changed.length > 0) {
          quietSince = performance.now();
          await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
        } else if (performance.now() - quietSince > heartbeatMilliseconds) {
          await stream.comment('still here');
          quietSince = performance.now();
        }
      }
      response.end();
    });
  });
  return router;
}

function aboutOf(value: unknown): 'organization' | undefined {
  if (value === undefined || value === 'organization') return value;
  throw new AppError('invalid_request', 'about: only organization.', {
    fields: [{ field: 'about', message: 'Only organization' }],
  });
}
