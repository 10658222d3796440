import { asSystem } from '@devsphere/shared/db/doors.ts';
import type { TestDatabase } from '@devsphere/shared/testing/test-database.ts';
import { Controls } from '../src/intake/controls.ts';
import { TaskTaker } from '../src/intake/take-tasks.ts';

/** What a worker `w` takes tasks for Claude with, as it is once the limits were read. */
export async function openTaker({ database }: TestDatabase): Promise<TaskTaker> {
  const controls = new Controls();
  await asSystem(database, 'test', (tx) => controls.read(tx));
  return new TaskTaker({ database, queue: 'tasks.claude', worker: 'w', controls });
}
