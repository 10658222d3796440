import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { taskKinds } from '@devsphere/shared/tasks/catalogue.ts';
import { handlers } from '../../../worker/src/handlers/handlers.ts';
import { runWorker } from '../../../worker/src/run-worker.ts';
import type { Handler, TaskContext } from '../../../worker/src/runner/task-context.ts';

const timeToGatherCompany = 500;

/** What a prompt does to the worker that takes it, by its first word. */
const poisons: Record<string, (context: TaskContext) => Promise<never> | never> = {
  'poison-throws': () => {
    throw new Error('poison');
  },
  'poison-mumbles': (context) => {
    context.progress(1, 2, 'a\0b');
    return new Promise(() => {});
  },
  'poison-blocks': async () => {
    await setTimeout(timeToGatherCompany);
    for (;;);
  },
  'poison-kills': async () => {
    await setTimeout(timeToGatherCompany);
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  },
  'poison-eats': async () => {
    const eaten: string[][] = [];
    for (;;) {
      eaten.push(Array.from({ length: 100_000 }, (_, n) => `crumb ${n}`));
      // Others go on meanwhile, as they would beside a leak.
      await new Promise(setImmediate);
    }
  },
};

/** Its output holds itself, which no JSON can say. */
function cyclic(): never {
  const output: Record<string, unknown> = {};
  output.data = { output };
  return output as never;
}

const answerPrompt: Handler<'assistant.prompt'> = async (input, context) => {
  const [word = ''] = input.prompt.split(' ', 1);
  return (await poisons[word]?.(context)) ?? handlers['assistant.prompt'](input, context);
};

const extractData: Handler<'data.extract'> = async (input, context) =>
  input.text.startsWith('poison-cycles') ? cyclic() : handlers['data.extract'](input, context);

const reviewCode: Handler<'code.review'> = async (input, context) =>
  input.focus === 'poison-hangs' ? new Promise(() => {}) : handlers['code.review'](input, context);

// A quarter of an hour is long for a cell.
Object.assign(taskKinds['code.review'], { deadlineSeconds: 3 });

/** A worker as in production, but for three handlers that obey poisonous inputs. */
await runWorker(fileURLToPath(import.meta.url), {
  ...handlers,
  'assistant.prompt': answerPrompt,
  'data.extract': extractData,
  'code.review': reviewCode,
});
