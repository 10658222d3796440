import { withCommonAnswers } from './common-answers.ts';
import { apiKeyPaths } from './paths/api-keys.ts';
import { approvalPaths } from './paths/approvals.ts';
import { artifactPaths } from './paths/artifacts.ts';
import { auditPaths } from './paths/audit.ts';
import { exportPaths } from './paths/exports.ts';
import { integrationPaths } from './paths/integrations.ts';
import { invitationPaths } from './paths/invitations.ts';
import { organizationPaths } from './paths/organizations.ts';
import { pausePaths } from './paths/pause.ts';
import { schedulePaths } from './paths/schedules.ts';
import { organizationEventPaths, taskPaths } from './paths/tasks.ts';
import { usagePaths } from './paths/usage.ts';
import { webhookPaths } from './paths/webhooks.ts';
import { withScopes } from './scopes.ts';
import { type Json, openApiTools } from './tools.ts';

/** The OpenAPI 3.1 document, made from the schemas that validate requests and shape answers. */
export function createOpenApi(): Json {
  const components: Json = {};
  const tools = openApiTools(components);
  const { operation, problems, jsonAnswer } = tools;
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'DevSphere OS',
      version: '1.0.0',
      description:
        'Submit long AI tasks, watch them stream, get results. Errors are RFC 9457 problem details.',
    },
    security: [{ bearer: [] }],
    paths: {
      '/v1/me': {
        get: operation('Who you are and where you belong', 'identity', {
          200: jsonAnswer('You', { type: 'object' }),
          ...problems(401),
        }),
      },
      '/v1/task-kinds': {
        get: operation('What can be submitted', 'identity', {
          200: jsonAnswer('Kinds with their schemas', { type: 'object' }),
          ...problems(401),
        }),
      },
      ...taskPaths(tools, components),
      ...approvalPaths(tools),
      ...artifactPaths(tools),
      ...organizationPaths(tools),
      ...pausePaths(tools),
      ...invitationPaths(tools),
      ...exportPaths(tools),
      ...schedulePaths(tools),
      ...auditPaths(tools),
      ...usagePaths(tools),
      ...webhookPaths(tools),
      ...integrationPaths(tools),
      ...apiKeyPaths(tools),
      ...organizationEventPaths(tools),
    },
    components: {
      schemas: components,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key (ds_live_…), or the Supabase access token of a person.',
        },
      },
    },
  };
  return withScopes(withCommonAnswers(document, problems));
}
