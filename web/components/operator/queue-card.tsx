import { jobCountLimit, type QueueOverview } from '@devsphere/shared/contracts/operator.ts';
import { Alert, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { pauseQueueAction, resumeQueueAction } from '../../app/operator/actions.ts';
import { formatDuration } from '../../lib/format.ts';
import { TextLink } from '../links.tsx';
import { TimeAgo } from '../time-ago.tsx';
import classes from './console.module.css';
import { ReasonButton } from './reason-button.tsx';

const count = (value: number) => (value >= jobCountLimit ? `${jobCountLimit}+` : String(value));
const times = (pair: { p50: number; p95: number } | null) =>
  pair ? `${formatDuration(pair.p50 * 1_000)} / ${formatDuration(pair.p95 * 1_000)}` : '–';

/** One queue: what waits in it, how it flows, and the lever that holds it. */
export function QueueCard({ queue }: { queue: QueueOverview }) {
  const name = queue.queue;
  const jobs = (state: string, text: string) => (
    <TextLink href={`/operator/jobs?queue=${name}&state=${state}`} inherit>
      {text}
    </TextLink>
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={`Queue ${name}`}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Title order={3}>{name}</Title>
            <Badge
              color={queue.paused ? 'yellow' : 'green'}
              variant="light"
              tt="none"
              radius="sm"
              data-testid="queue-state"
            >
              {queue.paused ? 'Paused' : 'Open'}
            </Badge>
          </Group>
          {queue.paused ? (
            <ReasonButton
              label="Resume"
              question={`Resume ${name}?`}
              confirm="Resume queue"
              explanation="Workers take jobs from it again at once."
              action={resumeQueueAction.bind(null, { queue: name })}
            />
          ) : (
            <ReasonButton
              label="Pause"
              color="red"
              question={`Pause ${name}?`}
              confirm="Pause queue"
              explanation="What runs now finishes; everything new of every organisation waits until you resume it, restarts included."
              action={pauseQueueAction.bind(null, { queue: name })}
            />
          )}
        </Group>
        {queue.paused && (
          <Alert color="yellow" p="xs">
            Paused by {queue.paused.by} <TimeAgo at={queue.paused.at} />: “{queue.paused.reason}”
          </Alert>
        )}
        <Text size="sm" c="dimmed">
          {queue.about}
        </Text>
        <dl className={classes.measures}>
          <Measure name="Ready">{jobs('waiting', count(queue.ready))}</Measure>
          <Measure name="Oldest waiting">
            {queue.oldestReadySeconds === null
              ? '–'
              : formatDuration(queue.oldestReadySeconds * 1_000)}
          </Measure>
          <Measure name="Delayed">{count(queue.delayed)}</Measure>
          <Measure name="Active">{jobs('active', count(queue.active))}</Measure>
          <Measure name="Failed (24 h)">{jobs('failed', count(queue.failed))}</Measure>
          {queue.deadLetters !== null && (
            <Measure name="Dead letters">
              <TextLink href={`/operator/dead-letters?queue=${name}`} inherit>
                {count(queue.deadLetters)}
              </TextLink>
            </Measure>
          )}
          <Measure name="Done per minute">
            {queue.completedPerMinute === null ? '–' : queue.completedPerMinute.toFixed(1)}
          </Measure>
          <Measure name="Wait p50 / p95">{times(queue.waitSeconds)}</Measure>
          <Measure name="Run p50 / p95">{times(queue.runSeconds)}</Measure>
        </dl>
      </Stack>
    </Paper>
  );
}

function Measure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
