import 'server-only';
import { createDashboardHandler, type DashboardHandler } from '@pg-boss/dashboard/handler';
import { webEnv } from '../env.ts';

const shared = globalThis as { devsphereQueueDashboard?: DashboardHandler };

/** pg-boss's own dashboard, made on first use. Its connections run as the queue's owner, who sees no tenant table. */
export function queueDashboard(): DashboardHandler {
  if (!shared.devsphereQueueDashboard) {
    const url = new URL(webEnv().DATABASE_URL);
    url.searchParams.set('options', '-c role=devsphere_queue -c statement_timeout=15s');
    shared.devsphereQueueDashboard = createDashboardHandler({
      databases: [{ name: 'DevSphere OS', url: url.href, schema: 'pgboss' }],
      basePath: '/operator/queue-dashboard',
      allowedActionOrigins: [],
    });
  }
  return shared.devsphereQueueDashboard;
}
