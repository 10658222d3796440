import type { ScheduleDetail } from '@devsphere/shared/contracts/http/schedule.ts';
import { Code, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { NextRuns } from './next-runs.tsx';
import classes from './task-facts.module.css';
import { TimeAgo } from './time-ago.tsx';

/** When it runs next, and how it is set up. */
export function ScheduleFacts({
  schedule,
  runsAsName,
}: {
  schedule: ScheduleDetail;
  runsAsName: string | null;
}) {
  return (
    <Stack gap="md">
      {schedule.state === 'active' && (
        <Paper withBorder p="md" component="section" aria-label="Next runs">
          <NextRuns runs={schedule.nextRuns} timeZone={schedule.timeZone} />
        </Paper>
      )}
      <Paper withBorder p="md" component="section" aria-label="Details">
        <Title order={2} mb="xs">
          Details
        </Title>
        <dl className={classes.facts}>
          <Fact name="Expression">
            <Code>{schedule.cron}</Code>
          </Fact>
          <Fact name="Time zone">{schedule.timeZone}</Fact>
          <Fact name="Runs as">{runsAsName ?? 'somebody who left'}</Fact>
          <Fact name="After downtime">
            {schedule.catchUp === 'once' ? 'runs the latest missed time' : 'skips what was missed'}
          </Fact>
          {schedule.lastRunAt && (
            <Fact name="Last run">
              <TimeAgo at={schedule.lastRunAt} />
            </Fact>
          )}
          <Fact name="Changed">
            <TimeAgo at={schedule.updatedAt} />
          </Fact>
        </dl>
      </Paper>
    </Stack>
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
