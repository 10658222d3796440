import type { ChildMessage } from '../lab/child.ts';
import { now } from '../lab/clock.ts';

export function tellReady(detail = ''): void {
  tell({ type: 'ready', detail });
}

/** Called as the first thing of a handler. */
export function tellStarted(taskId: string, delivery: number): void {
  tell({ type: 'started', taskId, delivery, at: now(), wallAt: Date.now() });
}

/** Leaves when the parent lets go, also by dying. */
export function leaveWithParent(stop: () => Promise<void>): void {
  process.once('disconnect', () => void stop().finally(() => process.exit(0)));
  // Ctrl-C reaches the whole group; the parent decides.
  process.on('SIGINT', () => {});
}

function tell(message: ChildMessage): void {
  // A parent that has let go no longer listens: with a callback that is no error.
  if (process.connected) process.send?.(message, () => {});
}
