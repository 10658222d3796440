import { Text } from '@mantine/core';
import type { TimelineAttempt } from '../lib/task-timeline.ts';
import { Moment } from './moment.tsx';
import classes from './task-timeline.module.css';

/** Where an attempt ran, and from when to when. */
export function AttemptTimes({ attempt }: { attempt: TimelineAttempt }) {
  const { worker, state, startedAt, endedAt, lastSignAt } = attempt;
  return (
    <>
      <Text size="xs" c="dimmed" className={classes.where}>
        {worker}
      </Text>
      <Text size="xs" c="dimmed">
        {state === 'lost' ? (
          <>
            Began <Moment at={startedAt} />
            {lastSignAt && (
              <>
                , wrote nothing after <Moment at={lastSignAt} />
              </>
            )}
            {endedAt && (
              <>
                , given up <Moment at={endedAt} />
              </>
            )}
          </>
        ) : (
          <>
            <Moment at={startedAt} />
            {endedAt && (
              <>
                {' to '}
                <Moment at={endedAt} />
              </>
            )}
          </>
        )}
      </Text>
    </>
  );
}
