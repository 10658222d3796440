import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.ts';

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

  /** Takes the lock. Ends what a start that was cut off left running; returns how many processes that were. */
  take(): number {
    const stale = this.#read();
    const orphans = (stale?.children ?? []).filter(belongsHere);
    for (const pid of orphans) process.kill(pid, 'SIGTERM');
    this.#write();
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
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(root);
  } catch {
    return false;
  }
}
