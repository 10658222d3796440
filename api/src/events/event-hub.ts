import type { ServerResponse } from 'node:http';

type Following = {
  path: string;
  about?: 'everything' | 'organization';
  response: ServerResponse;
};

/** Tells open event streams of this process when to look at the tables; fed by one LISTEN connection. */
export class EventHub {
  readonly #byTask = new Map<string, Set<Subscription>>();
  readonly #byOrg = new Map<string, Set<Subscription>>();
  readonly #aboutOrg = new Map<string, Set<Subscription>>();
  readonly #streams = new Set<Promise<void>>();
  #closed = false;

  /**
   * Follows one task (`org/task`), or an organisation (`org`): all its tasks and itself, or only itself. `stream` is told by
   * its subscription, also of what happens before its first read; the reader gone or this process stopping closes that.
   * Resolves when `stream` does and rejects with what it throws.
   */
  async follow(
    { path, about, response }: Following,
    stream: (subscription: Subscription) => Promise<void>,
  ): Promise<void> {
    const subscription = this.#subscribe(path, about);
    response.once('close', () => subscription.close());
    const streamed = stream(subscription).finally(() => subscription.close());
    this.#streams.add(streamed);
    try {
      await streamed;
    } finally {
      this.#streams.delete(streamed);
    }
  }

  /** A task has news; `path` is `org/task`. Without a task it is the organisation that has. */
  changed(path: string): void {
    const [orgId = '', taskId = ''] = path.split('/', 2);
    for (const subscription of this.#byTask.get(path) ?? []) subscription.wake(taskId);
    for (const subscription of this.#byOrg.get(orgId) ?? []) subscription.wake(taskId);
    if (taskId !== '') return;
    for (const subscription of this.#aboutOrg.get(orgId) ?? []) subscription.wake('');
  }

  /** Who may see an organisation has changed: every stream of it asks again whether its reader still may. */
  accessChanged(orgId: string): void {
    for (const [path, subscriptions] of [...this.#byTask, ...this.#byOrg, ...this.#aboutOrg]) {
      if (path.split('/', 1)[0] !== orgId) continue;
      for (const subscription of subscriptions) subscription.wake('');
    }
  }

  /** Notifications may have been missed: everybody looks again. */
  changedEverywhere(): void {
    for (const subscriptions of this.#all()) {
      for (const subscription of subscriptions) subscription.wake('');
    }
  }

  /** Ends every stream. Resolves when none of them reads any more, those whose readers are gone included. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const subscriptions of this.#all()) {
      for (const subscription of [...subscriptions]) subscription.close();
    }
    await Promise.allSettled(this.#streams);
  }

  #subscribe(path: string, about: Following['about']): Subscription {
    const map = path.includes('/')
      ? this.#byTask
      : about === 'organization'
        ? this.#aboutOrg
        : this.#byOrg;
    const subscriptions = map.get(path) ?? new Set();
    map.set(path, subscriptions);
    const subscription = new Subscription(() => {
      subscriptions.delete(subscription);
      if (subscriptions.size === 0 && map.get(path) === subscriptions) map.delete(path);
    });
    subscriptions.add(subscription);
    if (this.#closed) subscription.close();
    return subscription;
  }

  #all(): Array<Set<Subscription>> {
    return [...this.#byTask.values(), ...this.#byOrg.values(), ...this.#aboutOrg.values()];
  }
}

/** One stream's view of the hub: what changed since it last asked. */
export class Subscription {
  #changed = new Set<string>();
  #wakeUp: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #onClose: () => void;
  closed = false;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  wake(taskId: string): void {
    // A slow reader of a busy organisation keeps one mark per task, never a backlog.
    this.#changed.add(taskId);
    this.#wakeUp?.();
  }

  /** Resolves with the changed tasks at the next change, when the time is up (then empty), or when closed. */
  async next(timeoutMilliseconds: number): Promise<string[]> {
    if (this.#changed.size === 0 && !this.closed) {
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
        this.#timer = setTimeout(resolve, timeoutMilliseconds);
      });
      clearTimeout(this.#timer);
      this.#wakeUp = undefined;
    }
    const changed = [...this.#changed];
    this.#changed = new Set();
    return changed;
  }

  close(): void {
    this.closed = true;
    this.#onClose();
    this.#wakeUp?.();
  }
}
