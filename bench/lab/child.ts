import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** What a child process tells: that it is up, and each start of a handler. */
export type ChildMessage =
  | { type: 'ready'; detail: string }
  /** `at` is the monotonic clock, `wallAt` the wall clock; `delivery` counts the job's starts from 1. */
  | { type: 'started'; taskId: string; at: number; wallAt: number; delivery: number };

export type Start = Extract<ChildMessage, { type: 'started' }>;

/** A process of the benchmark's own, told where to work by its arguments; leaves when told to, or with its parent. */
export class Child {
  readonly #process: ChildProcess;
  readonly #file: string;
  readonly #starts = new Map<string, Start>();
  readonly #awaited = new Map<string, (start: Start) => void>();

  private constructor(child: ChildProcess, file: string) {
    this.#process = child;
    this.#file = file;
    child.on('message', (message: ChildMessage) => {
      if (message.type !== 'started') return;
      const key = `${message.taskId} ${message.delivery}`;
      this.#starts.set(key, message);
      this.#awaited.get(key)?.(message);
    });
  }

  /** Resolves when the child says it is ready, with the detail it gave. */
  static async start(file: string, args: string[]): Promise<{ child: Child; detail: string }> {
    const spawned = fork(`${import.meta.dirname}/../processes/${file}`, args, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const child = new Child(spawned, file);
    const [message] = (await Promise.race([
      once(spawned, 'message'),
      once(spawned, 'exit').then(([code]) => {
        throw new Error(`${file} ended with ${code} instead of starting`);
      }),
    ])) as [ChildMessage];
    if (message.type !== 'ready') throw new Error(`${file} said ${message.type} first`);
    return { child, detail: message.detail };
  }

  /** The start of a task's handler, now or when it comes; rejects after the time given. */
  startOf(taskId: string, delivery = 1, timeoutMilliseconds = 75_000): Promise<Start> {
    const key = `${taskId} ${delivery}`;
    const known = this.#starts.get(key);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.#file}: start ${delivery} of task ${taskId} did not come`)),
        timeoutMilliseconds,
      );
      this.#awaited.set(key, (start) => {
        clearTimeout(timer);
        this.#awaited.delete(key);
        resolve(start);
      });
    });
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  /** Bytes it holds in memory (VmRSS of proc(5)). */
  async memoryBytes(): Promise<number> {
    const status = await readFile(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}
