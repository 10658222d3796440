import { pipeline } from 'node:stream/promises';
import { AppError } from '@devsphere/shared/errors.ts';
import { getArtifact, listArtifacts } from '@devsphere/shared/queries/list-artifacts.ts';
import { signFileToken } from '@devsphere/shared/storage/file-token.ts';
import { openFile } from '@devsphere/shared/storage/open-file.ts';
import { type Request, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { orgIdOf, taskIdOf } from './task-params.ts';

/** The files a task made: list and download them. */
export function artifactRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const { database, storage } = deps;

  /** A person reads with their own token, so that the bucket's policies decide; a program is handed the file it may see. */
  const tokenFor = async (request: Request, isProgram: boolean, path: string) => {
    if (!isProgram) return (request.get('Authorization') ?? '').split(' ')[1] ?? '';
    if (!storage?.jwtSecret)
      throw new AppError(
        'unavailable',
        'This API can’t hand files to programs: it lacks a secret.',
      );
    return signFileToken(storage.jwtSecret, path);
  };

  router.get('/:id/artifacts', async (request, response) => {
    const { actor } = callerOf(response, 'tasks.read');
    const orgId = await orgIdOf(deps, request, response);
    const artifacts = await listArtifacts(database, actor, orgId, taskIdOf(request));
    response.json({ artifacts });
  });

  router.get('/:id/artifacts/:artifact/content', async (request, response) => {
    const { actor } = callerOf(response, 'tasks.read');
    const orgId = await orgIdOf(deps, request, response);
    const { artifact, path } = await getArtifact(database, actor, {
      orgId,
      taskId: taskIdOf(request),
      artifactId: String(request.params.artifact),
    });
    if (!storage) throw new AppError('unavailable', 'This API is not connected to the files.');
    const token = await tokenFor(request, actor.type === 'api_key', path);
    const content = await openFile(storage, token, { bucket: 'artifacts', path });
    response.setHeader('Content-Disposition', `attachment; filename="${artifact.name}"`);
    response.setHeader('Cache-Control', 'private, no-store');
    response.type(artifact.mediaType);
    await pipeline(content, response);
  });

  return router;
}
