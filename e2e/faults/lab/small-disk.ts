import { execFile } from 'node:child_process';
import { mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A small file system of its own in memory, which can be filled to the last byte. */
export class SmallDisk {
  readonly folder: string;
  readonly #ballast: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#ballast = join(folder, 'ballast');
  }

  /** Throws where this process may not mount. */
  static async mount(megabytes: number): Promise<SmallDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'devsphere-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]);
    } catch (error) {
      await rmdir(folder);
      throw error;
    }
    return new SmallDisk(folder);
  }

  /** Why none can be had here; undefined where it can. */
  static async unable(): Promise<string | undefined> {
    try {
      await (await SmallDisk.mount(1)).unmount();
      return undefined;
    } catch (error) {
      const [reason] = String((error as { stderr?: string }).stderr || error).split('\n');
      return `a small file system can't be mounted here: ${reason}`;
    }
  }

  async fill(): Promise<void> {
    const megabyte = Buffer.alloc(1024 * 1024);
    for (;;) {
      try {
        await writeFile(this.#ballast, megabyte, { flag: 'a' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
        throw error;
      }
    }
  }

  async free(): Promise<void> {
    await rm(this.#ballast);
  }

  async unmount(): Promise<void> {
    await run('umount', [this.folder]);
    await rmdir(this.folder);
  }
}
