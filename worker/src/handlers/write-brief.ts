import { seoBrief } from '@devsphere/shared/tasks/kinds/seo-brief.ts';
import { failureOf } from '../runner/failures.ts';
import type { Handler } from '../runner/task-context.ts';

export const writeBrief: Handler<'seo.brief'> = async (input, task) => {
  const result = await task.delegate({ kind: 'seo.brief', input, model: seoBrief.model });
  if (result.kind !== 'seo.brief')
    throw failureOf('agent_wrong_answer', { cause: `a result of ${result.kind}` });
  return { brief: result.brief };
};
