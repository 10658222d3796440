'use client';

import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';
import { Anchor, Group, Paper, Title } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCost, formatDuration, formatTokens } from '../lib/format.ts';
import { priorityLabel } from '../lib/priorities.ts';
import type { TaskPageData } from '../lib/server/task-page.ts';
import type { ShownTask } from '../lib/shown-task.ts';
import { Elapsed } from './elapsed.tsx';
import classes from './task-facts.module.css';
import { TimeAgo } from './time-ago.tsx';

type TaskFactsProps = Pick<TaskPageData, 'createdByName' | 'schedule'> & {
  org: string;
  task: TaskDetail;
  shown: ShownTask;
};

/** Who, when, how long, how much. */
export function TaskFacts({ org, task, shown, createdByName, schedule }: TaskFactsProps) {
  const { usage, startedAt, endedAt } = shown;
  const cached = usage.cacheReadTokens;
  return (
    <Paper withBorder p="md" component="section" aria-label="Details">
      <Title order={2} mb="xs">
        Details
      </Title>
      <dl className={classes.facts}>
        <Fact name="Cost">{formatCost(usage.costNanoUsd)}</Fact>
        <Fact name="Tokens in">
          {formatTokens(usage.inputTokens + cached + usage.cacheWriteTokens)}
          {cached > 0 && ` (${formatTokens(cached)} from cache)`}
        </Fact>
        <Fact name="Tokens out">{formatTokens(usage.outputTokens)}</Fact>
        <Fact name={endedAt ? 'Start to end' : 'Since its start'}>
          {startedAt ? <Elapsed from={startedAt} until={endedAt} /> : 'Not started yet'}
        </Fact>
        <Fact name="Submitted">
          <TimeAgo at={task.createdAt} />
        </Fact>
        {endedAt && (
          <Fact name="Ended">
            <TimeAgo at={endedAt} />
          </Fact>
        )}
        {createdByName && (
          <Fact name={schedule?.trigger === 'clock' ? 'For' : 'By'}>{createdByName}</Fact>
        )}
        {schedule && (
          <Fact name="Schedule">
            <Anchor component={Link} href={`/${org}/schedules/${schedule.id}`} size="sm">
              {schedule.name}
            </Anchor>
          </Fact>
        )}
        {task.priority !== 0 && <Fact name="Priority">{priorityLabel(task.priority)}</Fact>}
        {shown.startsAt && (
          <Fact name="Starts">
            <TimeAgo at={shown.startsAt} />
          </Fact>
        )}
        {!startedAt && !endedAt && task.expiresAt && (
          <Fact name="Expires unless started">
            <TimeAgo at={task.expiresAt} />
          </Fact>
        )}
        {task.deadlineSeconds !== null && (
          <Fact name="A run may take">{formatDuration(task.deadlineSeconds * 1_000)}</Fact>
        )}
        {task.tags.length > 0 && (
          <Fact name="Tags">
            <Group gap={6} justify="flex-end">
              {task.tags.map((tag) => (
                <Anchor
                  key={tag}
                  component={Link}
                  href={`/${org}/tasks?tag=${encodeURIComponent(tag)}`}
                  size="sm"
                >
                  {tag}
                </Anchor>
              ))}
            </Group>
          </Fact>
        )}
        {Object.keys(task.metadata).length > 0 && (
          <Fact name="Metadata">
            {Object.entries(task.metadata).map(([name, value]) => (
              <div key={name} className={classes.line}>
                {name}: {value}
              </div>
            ))}
          </Fact>
        )}
        {task.sourceTaskId && (
          <Fact name="Based on">
            <Anchor component={Link} href={`/${org}/tasks/${task.sourceTaskId}`} size="sm">
              an earlier task
            </Anchor>
          </Fact>
        )}
      </dl>
    </Paper>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
