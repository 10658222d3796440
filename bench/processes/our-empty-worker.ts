import { createLogger } from '../../shared/src/log.ts';
import { createClaudeClient } from '../../worker/src/claude/client.ts';
import { handlers } from '../../worker/src/handlers/handlers.ts';
import { TaskFailure } from '../../worker/src/runner/outcome.ts';
import { startWorker } from '../../worker/src/start-worker.ts';
import { failFirst } from '../submitters/sample-task.ts';
import { leaveWithParent, tellReady, tellStarted } from './tell-parent.ts';

/** Our worker with a handler that does nothing, as those of the peers; everything around it is as in production. */
const [databaseUrl = '', concurrency = '10', hangSeconds = '0'] = process.argv.slice(2);
const starts = new Map<string, number>();

const worker = await startWorker({
  databaseUrl,
  // Nobody is asked.
  claude: createClaudeClient({ apiKey: 'bench', baseUrl: 'http://127.0.0.1:9' }),
  agent: null,
  artifactStore: null,
  outgoing: { keys: [], allowPrivateAddresses: false },
  claudeIdleSeconds: 30,
  concurrency: Number(concurrency),
  name: `bench-worker-${process.pid}`,
  handlers: {
    ...handlers,
    'assistant.prompt': async ({ prompt }) => {
      const start = (starts.get(prompt) ?? 0) + 1;
      starts.set(prompt, start);
      tellStarted(prompt, start);
      if (start === 1 && prompt.endsWith(failFirst))
        throw new TaskFailure('retry', 'bench', 'The first start fails.', { retryAfterSeconds: 0 });
      if (Number(hangSeconds) > 0)
        await new Promise((resolve) => setTimeout(resolve, Number(hangSeconds) * 1000));
      return { markdown: 'Done.' };
    },
  },
  log: createLogger('bench-worker', 'silent'),
});
leaveWithParent(() => worker.stop(0));
tellReady();
