import { createLogger } from '../../shared/src/log.ts';
import { createClaudeClient } from '../../worker/src/claude/client.ts';
import { startWorker } from '../../worker/src/start-worker.ts';
import { leaveWithParent, tellReady, tellStarted } from './tell-parent.ts';

/** Our worker as it runs in production; its log says when an attempt starts, just before the handler. */
const [databaseUrl = '', claudeUrl = ''] = process.argv.slice(2);
const log = createLogger('bench-worker', 'info', {
  write: (line: string) => {
    const entry = JSON.parse(line) as { msg: string; taskId: string; attempt: number };
    if (entry.msg === 'attempt started') tellStarted(entry.taskId, entry.attempt);
  },
});
const worker = await startWorker({
  databaseUrl,
  claude: createClaudeClient({ apiKey: 'bench', baseUrl: claudeUrl }),
  agent: null,
  artifactStore: null,
  outgoing: { keys: [], allowPrivateAddresses: false },
  claudeIdleSeconds: 30,
  concurrency: 10,
  name: 'bench-worker',
  log,
});
leaveWithParent(() => worker.stop(0));
tellReady();
