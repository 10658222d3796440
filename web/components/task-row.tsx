import { Group, Progress, Text } from '@mantine/core';
import Link from 'next/link';
import { formatCost, formatTokens } from '../lib/format.ts';
import type { ListedTask } from '../lib/server/task-list.ts';
import { Elapsed } from './elapsed.tsx';
import { SimulatedBadge } from './simulated-badge.tsx';
import { StateBadge } from './state-badge.tsx';
import classes from './task-list.module.css';
import { TimeAgo } from './time-ago.tsx';

/** One task in the list: a row on a wide screen, a card on a phone. */
export function TaskRow({ org, task }: { org: string; task: ListedTask }) {
  const { usage, progress } = task;
  const tokens =
    usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens;
  return (
    <li className={classes.row}>
      <div className={classes.title}>
        <Link href={`/${org}/tasks/${task.id}`} className={classes.link}>
          {task.title}
        </Link>
        <Text size="xs" c="dimmed" component="p">
          {task.kindTitle}
          {task.createdByName && ` · ${task.createdByName}`} · <TimeAgo at={task.createdAt} />
        </Text>
      </div>
      <div className={classes.state}>
        <Group gap={6}>
          <StateBadge
            state={task.state}
            stopping={task.state === 'running' && task.cancelRequestedAt !== null}
          />
          {task.simulated && <SimulatedBadge />}
        </Group>
        {task.state === 'running' && progress && progress.total > 0 && (
          <Progress
            value={(100 * progress.done) / progress.total}
            size="xs"
            mt={6}
            aria-label={`Progress: ${progress.label}`}
          />
        )}
      </div>
      <Measure name="Time">
        {task.startedAt ? <Elapsed from={task.startedAt} until={task.endedAt} /> : '–'}
      </Measure>
      <Measure name="Tokens">{tokens > 0 ? formatTokens(tokens) : '–'}</Measure>
      <Measure name="Cost">{usage.costNanoUsd > 0 ? formatCost(usage.costNanoUsd) : '–'}</Measure>
    </li>
  );
}

function Measure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.measure}>
      <span className={classes.measureName}>{name}</span> {children}
    </div>
  );
}
