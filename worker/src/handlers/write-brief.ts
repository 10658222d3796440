import { seoBrief } from '@devsphere/shared/tasks/kinds/seo-brief.ts';
import { TaskFailure } from '../runner/outcome.ts';
import type { Handler } from '../runner/task-context.ts';

export const writeBrief: Handler<'seo.brief'> = async (input, task) => {
  const result = await task.delegate({ kind: 'seo.brief', input, model: seoBrief.model });
  if (result.kind !== 'seo.brief')
    throw new TaskFailure(
      'fatal',
      'agent_wrong_answer',
      'The agent service answered something else than a brief.',
    );
  return { brief: result.brief };
};
