'use client';

import type {
  TaskExplanation as Explanation,
  TaskReason,
} from '@devsphere/shared/contracts/http/explanation.ts';
import { isTerminal, type TaskState } from '@devsphere/shared/tasks/states.ts';
import { Paper, Text, Title } from '@mantine/core';
import { useExplanation } from '../lib/browser/use-explanation.ts';
import { formatCost, formatDuration } from '../lib/format.ts';
import { TimeAgo } from './time-ago.tsx';

type TaskExplanationProps = { path: string; state: TaskState; explanation: Explanation };

/** In a few words: why the task does not run, or how it ended, how long it took and what that cost. */
export function TaskExplanation({ path, state, explanation: fromServer }: TaskExplanationProps) {
  const explanation = useExplanation(path, state, fromServer);
  // Until the answer for the new state is there, the old one would be wrong.
  if (explanation.state !== state) return null;
  const { text, until, reason } = explanation;
  const title = isTerminal(state) ? 'What happened' : 'What happens now';
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <Text size="sm" data-testid="task-explanation">
        {text}
        {until && (
          <>
            {' '}
            {untilWords[reason] ?? 'Expected to go on'} <TimeAgo at={until} />.
          </>
        )}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {howLong(explanation)}
      </Text>
    </Paper>
  );
}

/** Shorter than this it reads as nothing. */
const shortestMilliseconds = 100;

/** What is going to happen at the time that a reason ends by itself. */
const untilWords: Partial<Record<TaskReason, string>> = {
  approval: 'The time to answer ends',
  backing_off: 'The next attempt is due',
  delayed: 'It is due',
};

function howLong({ state, waitedMs, ranMs, cost, reason }: Explanation): string {
  return [
    reason !== 'delayed' &&
      waitedMs >= shortestMilliseconds &&
      `Waited ${formatDuration(waitedMs)} to start`,
    ranMs !== null &&
      state !== 'running' &&
      `${formatDuration(ranMs)} from its first start${isTerminal(state) ? ' to its end' : ''}`,
    cost.nanoUsd > 0 && formatCost(cost.nanoUsd),
    cost.reconciledCalls > 0 &&
      `${howMany(cost.reconciledCalls)} cut off, priced by the provider’s report`,
    cost.unknownCalls > 0 && `${howMany(cost.unknownCalls)} cut off at unknown cost`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const howMany = (calls: number) => (calls === 1 ? 'one call' : `${calls} calls`);
