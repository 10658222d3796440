import { lasting } from '../pause.ts';
import type { LabProcess } from './lab-process.ts';
import { startWorkerProcess, type WorkerSettings } from './worker-process.ts';

type Addresses = Pick<WorkerSettings, 'databaseUrl' | 'simulatorUrl'>;
type Kept = { process: LabProcess; bytesWhenWarm: number | undefined };

/** Attempts after which a worker has loaded and compiled what it needs. */
const warmAfter = 10;

/** The workers of a lab, supervised: for one that dies by itself another is started, without what made it die. */
export class Workers {
  readonly all: LabProcess[] = [];
  readonly #addresses: Addresses;
  readonly #kept: Kept[] = [];
  readonly #replacements = new Set<Promise<void>>();
  #settings: Partial<WorkerSettings> = {};
  #closing = false;

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
  }

  /** Without settings: with those of the one before. */
  async start(settings: Partial<WorkerSettings> = this.#settings): Promise<LabProcess> {
    const { failpoints: _once, ...again } = settings;
    this.#settings = again;
    const worker = await startWorkerProcess({ ...this.#addresses, ...settings });
    this.all.push(worker);
    const kept: Kept = { process: worker, bytesWhenWarm: undefined };
    this.#kept.push(kept);
    // One that ends meanwhile is not compared.
    this.#noteWarmth(kept).catch(() => {});
    void worker.exited().then(() => {
      if (this.#closing || worker.dismissed) return;
      const replacement = this.#replace(again).finally(() =>
        this.#replacements.delete(replacement),
      );
      this.#replacements.add(replacement);
    });
    return worker;
  }

  /** What each surviving process needs now, as a part of what it needed when it was warm. */
  async growth(): Promise<number[]> {
    const factors: number[] = [];
    for (const { process, bytesWhenWarm } of this.#kept) {
      const bytes = bytesWhenWarm && (await process.memory());
      if (bytes && bytesWhenWarm) factors.push(bytes / bytesWhenWarm);
    }
    return factors;
  }

  async dismiss(): Promise<string[]> {
    this.#closing = true;
    await Promise.all(this.#replacements);
    const living = this.all.filter(({ ended }) => !ended);
    await Promise.all(living.map((worker) => worker.end('SIGTERM')));
    return living.flatMap(({ ended, log }) =>
      ended?.code === 0 ? [] : [`r1: a worker did not end in order: ${log.slice(-300)}`],
    );
  }

  async kill(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#replacements);
    await Promise.all(
      this.all.map((worker) => {
        worker.signal('SIGCONT');
        return worker.end('SIGKILL');
      }),
    );
  }

  /** As a supervisor does: again and again, such as while the database is down. */
  async #replace(settings: Partial<WorkerSettings>): Promise<void> {
    while (!this.#closing) {
      try {
        await this.start(settings);
        return;
      } catch {
        await lasting(1);
      }
    }
  }

  async #noteWarmth(kept: Kept): Promise<void> {
    const isWarm = await kept.process.says('attempt settled', warmAfter);
    if (isWarm && !this.#closing) kept.bytesWhenWarm = await kept.process.memory();
  }
}
