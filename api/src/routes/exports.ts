import { pipeline } from 'node:stream/promises';
import { openExport } from '@devsphere/shared/commands/open-export.ts';
import { requestExport } from '@devsphere/shared/commands/request-export.ts';
import { listExportsQuery } from '@devsphere/shared/contracts/http/export.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { getExport, listExports } from '@devsphere/shared/queries/list-exports.ts';
import { findOrganization } from '@devsphere/shared/queries/list-organizations.ts';
import { openFile } from '@devsphere/shared/storage/open-file.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** Ask for exports, list, read and download them. */
export function exportRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });

  router.post('/', async (request, response) => {
    const orgId = await orgIdOf(deps, request, response);
    const made = await requestExport(commandContextOf(deps, request, response), { orgId });
    response
      .status(made.created ? 202 : 200)
      .location(`/v1/orgs/${orgId}/exports/${made.export.id}`)
      .json(made.export);
  });

  router.get('/', async (request, response) => {
    const { actor } = sessionOf(response);
    const query = validate(listExportsQuery, request.query);
    const { orgId } = await findOrganization(deps.database, actor, orgNameOf(request));
    response.json(await listExports(deps.database, actor, orgId, query));
  });

  router.get('/:id', async (request, response) => {
    const { actor } = sessionOf(response);
    const orgId = await orgIdOf(deps, request, response);
    response.json(await getExport(deps.database, actor, orgId, String(request.params.id)));
  });

  router.get('/:id/content', async (request, response) => {
    const orgId = await orgIdOf(deps, request, response);
    const context = commandContextOf(deps, request, response);
    const exportId = String(request.params.id);
    const { path } = await openExport(context, { orgId, exportId });
    if (!deps.storage) throw new AppError('unavailable', 'This API is not connected to the files.');
    const token = (request.get('Authorization') ?? '').split(' ')[1] ?? '';
    const content = await openFile(deps.storage, token, { bucket: 'exports', path });
    response.setHeader('Content-Disposition', `attachment; filename="export-${exportId}.zip"`);
    response.setHeader('Cache-Control', 'private, no-store');
    response.type('application/zip');
    await pipeline(content, response);
  });

  return router;
}
