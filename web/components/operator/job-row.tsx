import type { OperatorJob } from '@devsphere/shared/contracts/operator.ts';
import { isTerminal, retryableStates } from '@devsphere/shared/tasks/states.ts';
import { Code, Group, Text } from '@mantine/core';
import { operatorCancelAction, operatorRetryAction } from '../../app/operator/actions.ts';
import { kindTitle } from '../../lib/server/kinds.ts';
import { StateBadge } from '../state-badge.tsx';
import { TimeAgo } from '../time-ago.tsx';
import { AttemptHistory } from './attempt-history.tsx';
import classes from './console.module.css';
import { JobReason } from './job-reason.tsx';
import { ReasonButton } from './reason-button.tsx';

/** One job: whose task it delivers and how that fares, never what is in it. */
export function JobRow({ job, queue }: { job: OperatorJob; queue: string }) {
  const { task, work, organization } = job;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Group gap="xs">
          <Text fw={550}>{task ? kindTitle(task.kind) : (work ?? 'No task')}</Text>
          {task && (
            <StateBadge state={task.state} stopping={task.stopping && !isTerminal(task.state)} />
          )}
          {task?.errorCode && <Code>{task.errorCode}</Code>}
        </Group>
        <Text size="sm" c="dimmed">
          {organization ? `${organization.name} (${organization.slug}), ` : ''}
          {task ? `attempt ${task.attempt} of ${task.maxAttempts}, ` : `try ${job.retries + 1}, `}
          job {job.state}, created <TimeAgo at={job.createdAt} />
        </Text>
        {(job.state === 'created' || job.state === 'retry') && (
          <JobReason queue={queue} job={job.id} />
        )}
        {job.attempts.length > 0 && <AttemptHistory attempts={job.attempts} />}
      </div>
      {task && <JobActions task={task} />}
    </li>
  );
}

function JobActions({ task }: { task: NonNullable<OperatorJob['task']> }) {
  const key = { orgId: task.orgId, taskId: task.taskId };
  const whose = `a task of ${task.organization.name}`;
  if ((retryableStates as readonly string[]).includes(task.state)) {
    return (
      <ReasonButton
        label="Retry"
        question={`Retry ${whose}?`}
        confirm="Retry task"
        explanation="It goes back to its queue with all its attempts. What it finished is not paid for again."
        action={operatorRetryAction.bind(null, key)}
      />
    );
  }
  if (isTerminal(task.state) || task.stopping) return null;
  return (
    <ReasonButton
      label="Cancel"
      color="red"
      question={`Cancel ${whose}?`}
      confirm="Cancel task"
      explanation="Its organisation sees in its audit log that an operator did this."
      action={operatorCancelAction.bind(null, key)}
    />
  );
}
