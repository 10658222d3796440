import { setBudget } from '@devsphere/shared/commands/set-budget.ts';
import {
  setBudgetBody,
  usageExportQuery,
  usageQuery,
} from '@devsphere/shared/contracts/http/usage.ts';
import { exportUsage, usageExportHeaders } from '@devsphere/shared/queries/export-usage.ts';
import { findOrganizationId } from '@devsphere/shared/queries/find-organization-id.ts';
import { getBudget } from '@devsphere/shared/queries/get-budget.ts';
import { reportUsage } from '@devsphere/shared/queries/report-usage.ts';
import { validate } from '@devsphere/shared/validate.ts';
import { Router } from 'express';
import type { AppDependencies } from '../app.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { commandContextOf } from '../middleware/command-context.ts';
import { orgIdOf, orgNameOf } from './task-params.ts';

/** What an organisation used, and its budget. */
export function usageRoutes(deps: AppDependencies): Router {
  const router = Router({ mergeParams: true });
  const { database } = deps;

  router.get('/usage', async (request, response) => {
    const { actor } = callerOf(response, 'usage.read');
    const query = validate(usageQuery, request.query);
    // Usage of somebody else's organisation must be a 404, not zero.
    const orgId = await findOrganizationId(database, actor, orgNameOf(request));
    response.json(await reportUsage(database, actor, orgId, query));
  });

  router.get('/usage/export', async (request, response) => {
    const { actor } = callerOf(response, 'usage.read');
    const query = validate(usageExportQuery, request.query);
    const org = orgNameOf(request);
    const orgId = await findOrganizationId(database, actor, org);
    const file = await exportUsage(database, actor, orgId, query);
    response.set(usageExportHeaders(org)).send(file);
  });

  router.get('/budget', async (request, response) => {
    const { actor } = callerOf(response, 'usage.read');
    response.json(await getBudget(database, actor, await orgIdOf(deps, request, response)));
  });

  router.put('/budget', async (request, response) => {
    const context = commandContextOf(deps, request, response);
    const body = validate(setBudgetBody, request.body ?? {});
    const orgId = await orgIdOf(deps, request, response);
    response.json(await setBudget(context, { ...body, orgId }));
  });

  return router;
}
