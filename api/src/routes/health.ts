import { AppError } from '@devsphere/shared/errors.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';

/** Whoever asks is soon told, also when the way to the database is gone. */
const question = { text: 'select 1', query_timeout: 5_000 };

/** `/healthz`: the process lives. `/readyz`: it can serve, so the database answers and notifications arrive. */
export function healthRoutes({ database, isListening }: AppDependencies): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    await database.pool.query(question);
    if (!isListening())
      throw new AppError('unavailable', 'Notifications are not connected.', {
        retryAfterSeconds: 2,
      });
    response.json({ status: 'ready' });
  });
  return router;
}
