import { Group, Paper, Text } from '@mantine/core';
import Link from 'next/link';
import type { ListedSchedule } from '../lib/server/schedules.ts';
import classes from './schedule-list.module.css';
import { ScheduleStateBadge } from './schedule-state-badge.tsx';
import { TimeAgo } from './time-ago.tsx';

/** A page of schedules: rows on a wide screen, cards on a phone. */
export function ScheduleList({ org, schedules }: { org: string; schedules: ListedSchedule[] }) {
  return (
    <Paper withBorder className={classes.frame}>
      <ul className={classes.list} aria-label="Schedules">
        {schedules.map((schedule) => (
          <li key={schedule.id} className={classes.row}>
            <div className={classes.title}>
              <Link href={`/${org}/schedules/${schedule.id}`} className={classes.link}>
                {schedule.name}
              </Link>
              <Text size="xs" c="dimmed" component="p">
                {schedule.kindTitle} · {schedule.cronInWords} · {schedule.timeZone}
              </Text>
            </div>
            <Group className={classes.state}>
              <ScheduleStateBadge state={schedule.state} />
            </Group>
            <Moment name="Next" at={schedule.nextRunAt} />
            <Moment name="Last" at={schedule.lastRunAt} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Moment({ name, at }: { name: string; at: string | null }) {
  return (
    <div className={classes.moment}>
      <span className={classes.momentName}>{name}</span>
      {at ? <TimeAgo at={at} /> : '–'}
    </div>
  );
}
