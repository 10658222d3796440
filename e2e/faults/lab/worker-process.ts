import { join } from 'node:path';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';
import { LabProcess } from './lab-process.ts';

const shiftClock = join(import.meta.dirname, 'shift-clock.ts');
const main = join(import.meta.dirname, '..', '..', '..', 'worker', 'src', 'main.ts');

/** A main whose handlers obey poisonous inputs. */
export const poisonWorker = join(import.meta.dirname, 'poison-worker.ts');

/** What a process may never tell anybody. */
export const anthropicKey = 'sk-ant-a-secret-of-the-lab-that-stays-one';

export type WorkerSettings = {
  databaseUrl: string;
  simulatorUrl: string;
  /** Another main than the product's. */
  program?: string;
  concurrency?: number;
  failpoints?: string;
  /** Seconds of silence after which a model stream is given up; the product's own when null. */
  idleSeconds?: number | null;
  graceSeconds?: number;
  /** Seconds without a turn of the event loop after which it ends itself. */
  blockedSeconds?: number;
  /** Of its heap. */
  mostMegabytes?: number;
  agent?: { url: string; token: string };
  /** By how much its wall clock is ahead; negative for behind. */
  clockShiftMinutes?: number;
};

/** Starts a worker; resolves when it is ready. */
export function startWorkerProcess(settings: WorkerSettings): Promise<LabProcess> {
  const { clockShiftMinutes, idleSeconds = 10, mostMegabytes, agent } = settings;
  return new LabProcess({
    program: settings.program ?? main,
    preload: clockShiftMinutes === undefined ? [] : [shiftClock],
    flags: mostMegabytes === undefined ? [] : [`--max-old-space-size=${mostMegabytes}`],
    env: {
      DATABASE_URL: settings.databaseUrl,
      ANTHROPIC_BASE_URL: settings.simulatorUrl,
      ANTHROPIC_API_KEY: anthropicKey,
      SECRETS_PRIVATE_KEYS: testSealing.privateKeys(),
      WEBHOOK_ALLOW_PRIVATE: '1',
      WORKER_CONCURRENCY: String(settings.concurrency ?? 10),
      WORKER_GRACE_SECONDS: String(settings.graceSeconds ?? 10),
      WORKER_BLOCKED_SECONDS: String(settings.blockedSeconds ?? 20),
      FAILPOINTS: settings.failpoints ?? '',
      LOG_LEVEL: 'info',
      ...(idleSeconds === null ? {} : { CLAUDE_IDLE_SECONDS: String(idleSeconds) }),
      ...(agent ? { AGENT_URL: agent.url, AGENT_SERVICE_TOKEN: agent.token } : {}),
      ...(clockShiftMinutes === undefined
        ? {}
        : { CLOCK_SHIFT_MINUTES: String(clockShiftMinutes) }),
    },
  }).ready();
}
