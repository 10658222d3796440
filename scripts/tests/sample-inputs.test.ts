import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import { expect, test } from '@jest/globals';
import { demoTasks } from '../system/sample-inputs.ts';

test('every task of the demo is made of files that are there, and its kind accepts it', () => {
  for (const { kind, input } of demoTasks) {
    const { success } = taskKinds[kind as keyof typeof taskKinds].input.safeParse(input);
    expect({ kind, success }).toEqual({ kind, success: true });
  }
});
