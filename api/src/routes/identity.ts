import { describeApiKey } from '@devsphere/shared/queries/describe-api-key.ts';
import { listOrganizations } from '@devsphere/shared/queries/list-organizations.ts';
import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import { Router } from 'express';
import { z } from 'zod';
import type { AppDependencies } from '../app.ts';
import { anySession } from '../middleware/authenticate.ts';

/** Who the caller is, and what can be submitted. */
export function identityRoutes({ database }: AppDependencies): Router {
  const router = Router();
  router.get('/me', async (_request, response) => {
    const { actor } = anySession(response);
    response.json(
      actor.type === 'person'
        ? { userId: actor.userId, organizations: await listOrganizations(database, actor) }
        : await describeApiKey(database, actor),
    );
  });
  router.get('/task-kinds', (_request, response) => {
    const kinds = Object.entries(taskKinds).map(([name, kind]) => ({
      name,
      title: kind.title,
      description: kind.description,
      input: z.toJSONSchema(kind.input, { io: 'input' }),
      output: z.toJSONSchema(kind.output),
    }));
    response.json({ kinds });
  });
  return router;
}
