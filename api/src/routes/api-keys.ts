import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import { revokeApiKey } from '@devsphere/shared/commands/revoke-api-key.ts';
import { rotateApiKey } from '@devsphere/shared/commands/rotate-api-key.ts';
import {
  createApiKeyBody,
  listApiKeysQuery,
  type NewApiKey,
  rotateApiKeyBody,
} from '@devsphere/shared/contracts/http/api-key.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { getApiKey, noSuchApiKey } from '@devsphere/shared/queries/get-api-key.ts';
import { listApiKeys } from '@devsphere/shared/queries/list-api-keys.ts';
import { requirePermission } from '@devsphere/shared/queries/require-permission.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { type Request, type Response, Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { sessionOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgNameOf } from './task-params.ts';

/** Make, list, read, rotate and revoke API keys of an organisation; for people only. */
export function apiKeyRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const contextOf = (request: Request, response: Response) =>
    commandContextOf(deps, request, response);
  const orgIdOf = async (request: Request, response: Response) => {
    const { actor } = sessionOf(response);
    const org = orgNameOf(request);
    return (await requirePermission(deps.database, actor, org, 'api_keys.manage')).orgId;
  };
  const targetOf = async (request: Request, response: Response) => {
    const orgId = await orgIdOf(request, response);
    const apiKeyId = String(request.params.id);
    if (!isId(apiKeyId)) throw noSuchApiKey();
    return { orgId, apiKeyId };
  };
  const answerOnce = (response: Response, made: NewApiKey) =>
    response
      .status(201)
      .location(`/v1/orgs/${made.apiKey.orgId}/api-keys/${made.apiKey.id}`)
      .setHeader('Cache-Control', 'no-store')
      .json(made);

  router.post('/', async (request, response) => {
    const orgId = await orgIdOf(request, response);
    const body = validate(createApiKeyBody, request.body ?? {});
    const idempotencyKey = request.get('Idempotency-Key') ?? null;
    answerOnce(
      response,
      await createApiKey(contextOf(request, response), { ...body, orgId, idempotencyKey }),
    );
  });

  router.get('/', async (request, response) => {
    const orgId = await orgIdOf(request, response);
    const query = validate(listApiKeysQuery, request.query);
    response.json(await listApiKeys(deps.database, sessionOf(response).actor, orgId, query));
  });

  router.get('/:id', async (request, response) => {
    const target = await targetOf(request, response);
    response.json(await getApiKey(deps.database, sessionOf(response).actor, target));
  });

  router.post('/:id/rotations', async (request, response) => {
    const target = await targetOf(request, response);
    const body = validate(rotateApiKeyBody, request.body ?? {});
    answerOnce(response, await rotateApiKey(contextOf(request, response), { ...body, ...target }));
  });

  router.post('/:id/revocation', async (request, response) => {
    const target = await targetOf(request, response);
    response.json(await revokeApiKey(contextOf(request, response), target));
  });

  return router;
}
