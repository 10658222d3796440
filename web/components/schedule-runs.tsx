import type { ScheduleRun } from '@devsphere/shared/contracts/http/schedule.ts';
import { Group, Paper, Text, Title } from '@mantine/core';
import { formatInZone } from '../lib/format.ts';
import { TextLink } from './links.tsx';
import listClasses from './schedule-list.module.css';
import classes from './schedule-runs.module.css';
import { ScheduleStateBadge } from './schedule-state-badge.tsx';

type ScheduleRunsProps = { org: string; timeZone: string; runs: ScheduleRun[] };

/** The runs of a schedule, latest first, each with its task or the reason why there is none. */
export function ScheduleRuns({ org, timeZone, runs }: ScheduleRunsProps) {
  return (
    <Paper withBorder component="section" aria-label="Runs">
      <Title order={2} p="md" pb="xs">
        Runs
      </Title>
      {runs.length === 0 && (
        <Text size="sm" c="dimmed" px="md" pb="md">
          It has not run yet.
        </Text>
      )}
      <ul className={listClasses.list}>
        {runs.map((run) => (
          <li key={run.nominalAt} className={classes.run}>
            <Group gap="xs" justify="space-between">
              <Group gap="xs">
                <time dateTime={run.nominalAt} className={classes.time}>
                  {formatInZone(run.nominalAt, timeZone)}
                </time>
                <ScheduleStateBadge state={run.state} />
                {run.trigger === 'person' && (
                  <Text size="xs" c="dimmed">
                    run by a person
                  </Text>
                )}
              </Group>
              {run.taskId && (
                <TextLink href={`/${org}/tasks/${run.taskId}`} size="sm">
                  Open task
                </TextLink>
              )}
            </Group>
            {run.reason && (
              <Text size="xs" c="dimmed" mt={4}>
                {run.reason}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}
