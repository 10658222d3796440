import type { VerifyToken } from '@devsphere/shared/auth/verify-token.ts';
import type { OutgoingSettings } from '@devsphere/shared/commands/outgoing-context.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import type { RateLimiter } from '@devsphere/shared/limits/rate-limiter.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import type { StorageForPrograms } from '@devsphere/shared/storage/file-token.ts';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { PgBoss } from 'pg-boss';
import type { EventHub } from './events/event-hub.ts';
import type { SharedReads } from './events/shared-reads.ts';
import { authenticate, forPeople } from './middleware/authenticate.ts';
import { jsonBody } from './middleware/json-body.ts';
import { limitRequests } from './middleware/limit-requests.ts';
import { answerProblem, noSuchRoute } from './middleware/problems.ts';
import { logRequests } from './middleware/request-log.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { auditRoutes } from './routes/audit.ts';
import { documentationRoutes } from './routes/documentation.ts';
import { exportRoutes } from './routes/exports.ts';
import { healthRoutes } from './routes/health.ts';
import { identityRoutes } from './routes/identity.ts';
import { integrationRoutes } from './routes/integrations.ts';
import { invitationAcceptanceRoutes, invitationRoutes } from './routes/invitations.ts';
import { memberRoutes } from './routes/members.ts';
import { organizationEventRoutes } from './routes/organization-events.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { pauseRoutes } from './routes/pause.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { taskEventRoutes } from './routes/task-events.ts';
import { taskRoutes } from './routes/tasks.ts';
import { usageRoutes } from './routes/usage.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export type AppDependencies = {
  database: Database;
  boss: PgBoss;
  hub: EventHub;
  reads: SharedReads;
  verifyToken: VerifyToken;
  limiter: RateLimiter;
  log: Logger;
  isListening: () => boolean;
  /** Whether the world reaches this API over https: then browsers are told to use nothing else. */
  isSecure: boolean;
  /** Where files are; null: downloads are refused. */
  storage: StorageForPrograms | null;
  /** How many proxies of our own stand in front: as many entries of X-Forwarded-For are believed. */
  trustedProxies: number;
  outgoing: OutgoingSettings;
};

/** The API as an Express application: open routes first, then everything that needs a person or a key. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustedProxies);
  app.use(helmet({ strictTransportSecurity: deps.isSecure }));
  app.use(logRequests(deps.log));
  app.use(healthRoutes(deps));
  app.use(documentationRoutes());
  app.use('/v1', authenticate(deps), limitRequests(deps.limiter), jsonBody());
  app.use('/v1', identityRoutes(deps));
  app.use('/v1/orgs/:org/api-keys', forPeople, apiKeyRoutes(deps));
  app.use('/v1/orgs/:org/audit-entries', forPeople, auditRoutes(deps));
  app.use('/v1/orgs', organizationRoutes(deps));
  app.use('/v1/orgs/:org/pause', forPeople, pauseRoutes(deps));
  app.use('/v1/orgs/:org/members', forPeople, memberRoutes(deps));
  app.use('/v1/orgs/:org/invitations', forPeople, invitationRoutes(deps));
  app.use('/v1/orgs/:org/exports', forPeople, exportRoutes(deps));
  app.use('/v1/invitations', forPeople, invitationAcceptanceRoutes(deps));
  app.use('/v1/orgs/:org/events', organizationEventRoutes(deps));
  app.use('/v1/orgs/:org/schedules', scheduleRoutes(deps));
  app.use('/v1/orgs/:org/tasks', taskRoutes(deps));
  app.use('/v1/orgs/:org/tasks', taskEventRoutes(deps));
  app.use('/v1/orgs/:org/tasks', approvalRoutes(deps));
  app.use('/v1/orgs/:org/tasks', artifactRoutes(deps));
  app.use('/v1/orgs/:org/integrations', forPeople, integrationRoutes(deps));
  app.use('/v1/orgs/:org', usageRoutes(deps));
  app.use('/v1/orgs/:org/webhooks', forPeople, webhookRoutes(deps));
  app.use(noSuchRoute);
  app.use(answerProblem(deps.log));
  return app;
}
