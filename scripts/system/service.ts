import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

export type ServiceOptions = {
  name: string;
  command: string[];
  cwd: string;
  /** The whole environment besides PATH and HOME: nothing leaks in by accident. */
  env: Record<string, string | undefined>;
  logFile: string;
  /** Asked again and again until it answers 200; null when the process says "ready" over its channel. */
  readyUrl: string | null;
  readyWithinSeconds: number;
  stopWithinSeconds: number;
  onSpawn: (pid: number) => void;
  /** It ended without being told to, after having been ready. */
  onCrash: (reason: string) => void;
};

/** A process of the system: started, watched, restarted when it dies, stopped in order. */
export class Service {
  readonly name: string;
  readonly #options: ServiceOptions;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #stopping = false;
  #ready = false;
  #lastLines: string[] = [];

  constructor(options: ServiceOptions) {
    this.name = options.name;
    this.#options = options;
    mkdirSync(dirname(options.logFile), { recursive: true });
    this.#log = createWriteStream(options.logFile, { flags: 'w', mode: 0o600 });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when the service is ready. Throws with its last lines when it ends first or the time is up. */
  async start(): Promise<void> {
    this.#ready = false;
    const { command, cwd, env, readyUrl } = this.#options;
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...withoutUndefined(env) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Its own process group: Ctrl-C reaches the supervisor only, which then stops everything in order.
      detached: true,
    });
    this.#child = child;
    if (child.pid) this.#options.onSpawn(child.pid);
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (chunk: Buffer) => {
        this.#log.write(chunk);
        this.#lastLines = [
          ...this.#lastLines,
          ...chunk.toString().split('\n').filter(Boolean),
        ].slice(-8);
      });
    }
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        const reason = `${this.name} ended (${signal ?? `code ${code}`})`;
        reject(new Error(`${reason}. Its last words: ${this.#lastLines.join(' | ') || 'none'}`));
        if (!this.#stopping && this.#ready && this.#child === child) this.#options.onCrash(reason);
      });
    });
    ended.catch(() => {});
    const ready =
      readyUrl === null
        ? new Promise((resolve) => child.once('message', resolve))
        : this.#answers(readyUrl, child);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const seconds = this.#options.readyWithinSeconds;
      timer = setTimeout(
        () =>
          reject(
            new Error(
              `${this.name} was not ready after ${seconds} s. Its last words: ${this.#lastLines.join(' | ') || 'none'}`,
            ),
          ),
        seconds * 1000,
      );
    });
    try {
      await Promise.race([ready, ended, late]);
      this.#ready = true;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks the service to stop, then insists. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const insist = setTimeout(() => killGroup(child.pid), this.#options.stopWithinSeconds * 1000);
    await gone;
    clearTimeout(insist);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#stopping = false;
    await this.start();
  }

  async #answers(url: string, child: ChildProcess): Promise<void> {
    while (child.exitCode === null && child.signalCode === null) {
      const answered = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.ok,
        () => false,
      );
      if (answered) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function killGroup(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone meanwhile.
  }
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
