import type { WorkerInstance } from '@devsphere/shared/contracts/operator.ts';
import { Badge, Group, Paper, Text } from '@mantine/core';
import { TimeAgo } from '../time-ago.tsx';
import classes from './console.module.css';

/** The worker processes, and whether each is still heard from. */
export function WorkerList({ workers }: { workers: WorkerInstance[] }) {
  if (workers.length === 0) return <Text c="dimmed">No worker has registered.</Text>;
  return (
    <Paper withBorder component="ul" className={classes.list} aria-label="Workers">
      {workers.map(({ id, name, host, live, trouble, startedAt, heardAt }) => (
        <li key={id} className={classes.row}>
          <Group gap="sm" className={classes.main}>
            <Text fw={550}>{name}</Text>
            <Badge
              color={trouble ? 'yellow' : live ? 'green' : 'red'}
              variant="light"
              tt="none"
              radius="sm"
            >
              {trouble ? 'Stuck' : live ? 'Alive' : 'Silent'}
            </Badge>
            {trouble && <Text size="sm">{trouble}</Text>}
          </Group>
          <Text size="sm" c="dimmed">
            on {host}, started <TimeAgo at={startedAt} />, heard <TimeAgo at={heardAt} />
          </Text>
        </li>
      ))}
    </Paper>
  );
}
