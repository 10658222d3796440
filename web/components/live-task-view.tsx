'use client';

import { retryableStates, type TaskState } from '@devsphere/shared/tasks/states.ts';
import { Grid, GridCol, Stack } from '@mantine/core';
import { useLiveTask } from '../lib/browser/use-live-task.ts';
import type { TaskPageData } from '../lib/server/task-page.ts';
import { shownTask } from '../lib/shown-task.ts';
import { ApprovalCard } from './approvals/approval-card.tsx';
import { LiveOutput } from './live-output.tsx';
import { TaskErrorAlert } from './task-error-alert.tsx';
import { TaskExplanation } from './task-explanation.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskHead } from './task-head.tsx';
import { TaskInput } from './task-input.tsx';
import { TaskProgress } from './task-progress.tsx';
import { TaskResult } from './task-result.tsx';
import { TaskTimeline } from './task-timeline.tsx';

export type LiveTaskViewProps = TaskPageData & { org: string; mayWrite: boolean };

/** A task as it happens: from its events while it runs, from its row once it has ended. */
export function LiveTaskView({ org, mayWrite, ...data }: LiveTaskViewProps) {
  const { task } = data;
  const { live, status } = useLiveTask(
    data.live,
    `/${org}/tasks/${task.id}/events`,
    task.endedAt !== null,
    data.approval?.id ?? null,
  );
  const shown = shownTask(data, live);
  return (
    <Stack gap="lg">
      <TaskHead
        org={org}
        mayWrite={mayWrite}
        task={task}
        kindTitle={data.kindTitle}
        shown={shown}
        status={status}
      />
      <TaskErrorAlert shown={shown} />
      <Grid gap="lg">
        <GridCol span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <TaskProgress shown={shown} />
            {shown.state === 'waiting' && data.approval ? (
              <ApprovalCard
                key={data.approval.id}
                org={org}
                mayAnswer={mayWrite}
                approval={data.approval}
              />
            ) : task.output ? (
              <TaskResult task={task} output={task.output} article={data.article} />
            ) : (
              <LiveOutput task={task} shown={shown} />
            )}
            <TaskInput input={task.input} />
          </Stack>
        </GridCol>
        <GridCol span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <TaskExplanation
              path={`/${org}/tasks/${task.id}/explanation`}
              state={shown.state}
              explanation={data.explanation}
            />
            <TaskFacts
              org={org}
              task={task}
              shown={shown}
              createdByName={data.createdByName}
              schedule={data.schedule}
            />
            <TaskTimeline
              timeline={shown.timeline}
              retry={
                mayWrite && (retryableStates as readonly TaskState[]).includes(task.state)
                  ? { org, taskId: task.id }
                  : null
              }
            />
          </Stack>
        </GridCol>
      </Grid>
    </Stack>
  );
}
