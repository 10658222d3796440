import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.ts';

/** What is left running is asked to end, and ended after this. */
const orphanGraceMilliseconds = 10_000;

type Lock = { pid: number; children: number[] };

/** Makes sure that one system at a time uses a data folder. */
export class SystemLock {
  readonly #file: string;
  readonly #lock: Lock = { pid: process.pid, children: [] };

  constructor(home: string) {
    this.#file = join(home, 'lock.json');
  }

  /** The process that holds the lock; undefined when nobody alive does. */
  holder(): number | undefined {
    const lock = this.#read();
    return lock && belongsHere(lock.pid) ? lock.pid : undefined;
  }

  /** Takes the lock, after ending what a start that was cut off left running. Returns how many processes that were. */
  async take(): Promise<number> {
    const orphans = (this.#read()?.children ?? []).filter(belongsHere);
    this.#write();
    for (const pid of orphans) signalGroup(pid, 'SIGTERM');
    const end = performance.now() + orphanGraceMilliseconds;
    while (orphans.some(belongsHere)) {
      if (performance.now() > end) for (const pid of orphans) signalGroup(pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return orphans.length;
  }

  addChild(pid: number): void {
    this.#lock.children.push(pid);
    this.#write();
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    writeFileSync(this.#file, JSON.stringify(this.#lock));
  }

  #read(): Lock | undefined {
    if (!existsSync(this.#file)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Lock;
    } catch {
      // Cut off while writing: as good as none.
      return undefined;
    }
  }
}

/** Whether a process is alive and ours: numbers are used again by the system for others. */
function belongsHere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (!existsSync('/proc')) return true;
    // Some change their command line; none leaves its folder.
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(root) ||
      readlinkSync(`/proc/${pid}/cwd`).startsWith(root)
    );
  } catch {
    return false;
  }
}

/** Services lead process groups of their own, so that what they started ends with them. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone meanwhile.
  }
}
