import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportAuditQuery, listAuditQuery } from '@devsphere/shared/contracts/http/audit.ts';
import { exportAudit, exportHeaders } from '@devsphere/shared/queries/export-audit.ts';
import { listAudit } from '@devsphere/shared/queries/list-audit.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { orgNameOf } from './task-params.ts';

/** The audit log of an organisation, in pages and as a file. */
export function auditRoutes({ database }: AppDependencies): Router {
  const router = Router({ mergeParams: true });

  router.get('/', async (request, response) => {
    const query = validate(listAuditQuery, request.query);
    const { actor } = sessionOf(response);
    response.json(await listAudit(database, actor, orgNameOf(request), query));
  });

  router.get('/export', async (request, response) => {
    const query = validate(exportAuditQuery, request.query);
    const org = orgNameOf(request);
    const lines = await exportAudit(database, sessionOf(response).actor, org, query);
    response.set(exportHeaders(org, query.format));
    await pipeline(Readable.from(lines), response);
  });

  return router;
}
