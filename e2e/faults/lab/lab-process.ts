import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const reportMemory = join(import.meta.dirname, 'report-memory.ts');

export type Start = {
  /** The file to run. */
  program: string;
  env: Record<string, string>;
  /** Loaded before it. */
  preload?: string[];
  /** Of Node itself. */
  flags?: string[];
};

/** A real process of the product: what it logs is kept, and how it ended. */
export class LabProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #listeners = new Set<(text: string) => void>();
  log = '';
  /** Whether the lab itself ended it in order: nobody starts another in its place. */
  dismissed = false;

  constructor({ program, env, preload = [], flags = [] }: Start) {
    const loaded = [reportMemory, ...preload].flatMap((file) => ['--import', file]);
    const args = ['--disable-warning=ExperimentalWarning', '--expose-gc', ...flags, ...loaded];
    this.#child = spawn(process.execPath, [...args, program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit');
    for (const output of [this.#child.stdout, this.#child.stderr])
      output?.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
        for (const listener of this.#listeners) listener(chunk.toString());
      });
  }

  /** Resolves when it says that it is ready; throws when it ends before. */
  async ready(): Promise<this> {
    await Promise.race([
      once(this.#child, 'message'),
      this.#exited.then(() => {
        throw new Error(`a process ended before it was ready: ${this.log.slice(-500)}`);
      }),
    ]);
    return this;
  }

  get ended(): { code: number | null; signal: string | null } | undefined {
    const { exitCode: code, signalCode: signal } = this.#child;
    return code === null && signal === null ? undefined : { code, signal };
  }

  /** Resolves when it has ended, whyever. */
  async exited(): Promise<void> {
    await this.#exited;
  }

  /** Resolves with true when it has logged this so often, and with false when it ended before. */
  async says(text: string, times = 1): Promise<boolean> {
    let left = times;
    let listener: ((chunk: string) => void) | undefined;
    const said = new Promise<boolean>((resolve) => {
      // A text cut in two by the pipe is not counted: the next one is.
      listener = (chunk) => {
        left -= chunk.split(text).length - 1;
        if (left <= 0) resolve(true);
      };
      listener(this.log);
      this.#listeners.add(listener);
    });
    const outcome = await Promise.race([said, this.#exited.then(() => false)]);
    if (listener) this.#listeners.delete(listener);
    return outcome;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when it has ended after this signal, however long that takes. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (signal === 'SIGTERM') this.dismissed = true;
    if (this.ended) return;
    this.#child.kill(signal);
    await this.#exited;
  }

  /** Bytes in use after garbage was collected; undefined when it has ended. */
  async memory(): Promise<number | undefined> {
    if (this.ended) return undefined;
    const patience = AbortSignal.timeout(10_000);
    const answer = once(this.#child, 'message', { signal: patience });
    this.#child.send('memory', () => {});
    const told = await Promise.race([answer, this.#exited.then(() => undefined)]);
    return (told?.[0] as { bytes: number } | undefined)?.bytes;
  }
}
