import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testSealing } from '@devsphere/shared/testing/test-sealing.ts';

const shiftClock = join(import.meta.dirname, 'shift-clock.ts');
const main = join(import.meta.dirname, '..', '..', 'worker', 'src', 'main.ts');

export type WorkerSettings = {
  databaseUrl: string;
  simulatorUrl: string;
  concurrency?: number;
  failpoints?: string;
  /** Seconds of silence after which a model stream is given up. */
  idleSeconds?: number;
  graceSeconds?: number;
  /** By how much its wall clock is ahead; negative for behind. */
  clockShiftMinutes?: number;
};

/** A real worker process: what it logs is kept, and how it ended. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  log = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exited = once(child, 'exit');
    for (const output of [child.stdout, child.stderr])
      output?.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
      });
  }

  static async start(settings: WorkerSettings): Promise<WorkerProcess> {
    const { clockShiftMinutes } = settings;
    const preload = clockShiftMinutes === undefined ? [] : ['--import', shiftClock];
    const args = ['--disable-warning=ExperimentalWarning', ...preload, main];
    const child = spawn(process.execPath, args, {
      env: {
        DATABASE_URL: settings.databaseUrl,
        ANTHROPIC_BASE_URL: settings.simulatorUrl,
        ANTHROPIC_API_KEY: 'test',
        SECRETS_PRIVATE_KEYS: testSealing.privateKeys(),
        WEBHOOK_ALLOW_PRIVATE: '1',
        WORKER_CONCURRENCY: String(settings.concurrency ?? 10),
        WORKER_GRACE_SECONDS: String(settings.graceSeconds ?? 10),
        CLAUDE_IDLE_SECONDS: String(settings.idleSeconds ?? 10),
        FAILPOINTS: settings.failpoints ?? '',
        LOG_LEVEL: 'info',
        ...(clockShiftMinutes === undefined
          ? {}
          : { CLOCK_SHIFT_MINUTES: String(clockShiftMinutes) }),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const worker = new WorkerProcess(child);
    await Promise.race([
      once(child, 'message'),
      worker.#exited.then(() => {
        throw new Error(`the worker ended before it was ready: ${worker.log.slice(-500)}`);
      }),
    ]);
    return worker;
  }

  get ended(): { code: number | null; signal: string | null } | undefined {
    const { exitCode: code, signalCode: signal } = this.#child;
    return code === null && signal === null ? undefined : { code, signal };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when it has ended after this signal, however long that takes. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.ended) {
      this.#child.kill(signal);
      await this.#exited;
    }
  }
}
