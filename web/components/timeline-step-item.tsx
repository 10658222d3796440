'use client';

import { Group, Loader, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconHistory, IconUserQuestion, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCost } from '../lib/format.ts';
import type { TimelineCall, TimelineStep } from '../lib/task-timeline.ts';
import { Elapsed } from './elapsed.tsx';
import classes from './task-timeline.module.css';

const icons = {
  running: { said: 'running', icon: <Loader size={12} aria-hidden /> },
  done: {
    said: 'done',
    icon: <IconCheck size={14} color="var(--mantine-color-green-filled)" aria-hidden />,
  },
  replayed: { said: 'kept from an earlier attempt', icon: <IconHistory size={14} aria-hidden /> },
  waiting: { said: 'waits for an answer', icon: <IconUserQuestion size={14} aria-hidden /> },
  stopped: {
    said: 'not finished',
    icon: <IconX size={14} color="var(--mantine-color-error)" aria-hidden />,
  },
};

type TimelineStepItemProps = {
  step: TimelineStep;
  /** What can be done with it. */
  children?: ReactNode;
};

/** One step of an attempt, with the model calls it made. */
export function TimelineStepItem({ step, children }: TimelineStepItemProps) {
  const { said, icon } = icons[step.state];
  return (
    <li className={classes.step}>
      <Group gap={8} wrap="nowrap" align="center">
        <span className={classes.icon}>{icon}</span>
        <Text size="sm" flex={1}>
          {step.title}
          <VisuallyHidden> ({said})</VisuallyHidden>
        </Text>
        <Text size="xs" c="dimmed" className={classes.time}>
          {step.state === 'replayed' ? (
            'kept'
          ) : (
            <Elapsed from={step.startedAt} until={step.endedAt} />
          )}
        </Text>
      </Group>
      {step.calls.map((call) => (
        <Text key={call.id} size="xs" c="dimmed" className={classes.call}>
          {describeCall(call)}
        </Text>
      ))}
      {children}
    </li>
  );
}

const callStates: Record<string, string> = {
  started: 'under way',
  failed: 'failed',
  unknown: 'cut off, cost unknown',
};

function describeCall(call: TimelineCall): string {
  const { model, state, stopReason, costNanoUsd, reconciled } = call;
  const ended = state === 'completed' ? stopReason?.replaceAll('_', ' ') : callStates[state];
  if (reconciled)
    return state === 'failed'
      ? `${model} · cut off, not billed`
      : `${model} · cut off · ${formatCost(costNanoUsd ?? 0)} ${reconciled === 'share' ? 'as its share of' : 'by'} the provider’s report`;
  return [model, ended, costNanoUsd ? formatCost(costNanoUsd) : null].filter(Boolean).join(' · ');
}
