import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import { freePort } from '../../scripts/system/ports.ts';
import { isAgentUp } from '../../worker/src/agent/agent-client.ts';

const root = join(import.meta.dirname, '..', '..');
const venv =
  process.env.AGENT_VENV ?? join(process.env.DEVSPHERE_HOME ?? join(root, '.devsphere'), 'venv');

/** Whether the agent's Python packages are installed here; the bootstrap installs them where there is a Python. */
export const agentIsInstalled = existsSync(join(venv, 'installed'));

export type RunningAgent = {
  url: string;
  token: string;
  kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Sends a signal it goes on living with. */
  signal: (signal: NodeJS.Signals) => void;
  start: () => Promise<void>;
};

/** The real agent service as a process of its own, pointed at the simulator; can be killed and started again. */
export async function startAgent(
  simulatorUrl: string,
  apiKey = 'simulated',
): Promise<RunningAgent> {
  const port = await freePort();
  const token = 'a-service-token-of-the-tests-long-enough';
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(join(venv, 'bin', 'python'), ['-m', 'agent_service'], {
      cwd: join(root, 'agent-service'),
      env: {
        PATH: process.env.PATH,
        AGENT_SERVICE_TOKEN: token,
        AGENT_ANTHROPIC_BASE_URL: simulatorUrl,
        AGENT_ANTHROPIC_API_KEY: apiKey,
        AGENT_PORT: String(port),
        AGENT_LOG_LEVEL: 'error',
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: 'ignore',
    });
    await eventually('the agent answers', () => isAgentUp({ url, token }));
  };
  await start();
  return {
    url,
    token,
    start,
    signal: (signal) => void child?.kill(signal),
    kill: async (signal) => {
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child?.kill(signal);
      await gone;
    },
  };
}
