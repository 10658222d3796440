import { createLogger } from '../../shared/src/log.ts';
import { createClaudeClient } from '../../worker/src/claude/client.ts';
import { startWorker } from '../../worker/src/start-worker.ts';
import { leaveWithParent, tellReady } from './tell-parent.ts';

/** Our worker as it runs in production, but with a model that answers at once and without a network in between. */
const [databaseUrl = '', claudeUrl = '', concurrency = '10'] = process.argv.slice(2);
const worker = await startWorker({
  databaseUrl,
  claude: createClaudeClient({ apiKey: 'bench', baseUrl: claudeUrl }),
  agent: null,
  artifactStore: null,
  outgoing: { keys: [], allowPrivateAddresses: false },
  claudeIdleSeconds: 30,
  concurrency: Number(concurrency),
  name: `bench-worker-${process.pid}`,
  log: createLogger('bench-worker', 'silent'),
});
leaveWithParent(() => worker.stop(0));
tellReady();
