import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CallEntry } from './call-entry.ts';

interface Waiting {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * The append-only record of calls, one JSON line each. `append` resolves only when the line is on
 * disk; lines that arrive while a sync is under way share the next one.
 * Without a path the log lives in memory and forgets on exit.
 */
export class CallLog {
  readonly #path: string | undefined;
  readonly #memory: CallEntry[] = [];
  #file: FileHandle | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Opens the file for appending, ending a line that a crash may have torn. */
  async open(): Promise<void> {
    if (this.#path === undefined || this.#file !== undefined) return;
    await mkdir(dirname(this.#path), { recursive: true });
    this.#file = await open(this.#path, 'a');
    const text = await readFile(this.#path, 'utf8');
    if (text !== '' && !text.endsWith('\n')) await this.#file.appendFile('\n');
  }

  /** Records a call; once this resolves, the line survives a crash of the machine. */
  append(entry: CallEntry): Promise<void> {
    if (this.#path === undefined) {
      this.#memory.push(entry);
      return Promise.resolve();
    }
    return new Promise((done, failed) => {
      this.#waiting.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
      this.#writing ??= this.#drain().finally(() => {
        this.#writing = undefined;
      });
    });
  }

  /** Calls that ended after `since` (all when omitted), oldest first; torn lines are skipped. */
  async read(since?: Date): Promise<CallEntry[]> {
    const entries = this.#path === undefined ? this.#memory : await readLines(this.#path);
    const from = since?.getTime() ?? Number.NEGATIVE_INFINITY;
    return entries.filter((entry) => Date.parse(entry.ended_at) > from);
  }

  /** Waits for what is queued and closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#file === undefined) throw new Error('The call log is not open');
        await this.#file.appendFile(group.map((waiting) => waiting.line).join(''));
        await this.#file.datasync();
        for (const waiting of group) waiting.done();
      } catch (error) {
        for (const waiting of group) waiting.failed(error);
      }
    }
  }
}

async function readLines(path: string): Promise<CallEntry[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as CallEntry];
    } catch {
      return [];
    }
  });
}
