import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Verdict } from '../../lib/operations-verdict.ts';
import classes from './console.module.css';

const looks = {
  well: { color: 'green', Icon: IconCircleCheck },
  attention: { color: 'yellow', Icon: IconAlertTriangle },
  bad: { color: 'red', Icon: IconCircleX },
} as const;

/** How operations stand, in words, with the causes. */
export function VerdictAlert({ verdict }: { verdict: Verdict }) {
  const { color, Icon } = looks[verdict.level];
  return (
    <Alert
      color={color}
      title={verdict.title}
      icon={<Icon aria-hidden />}
      role="status"
      data-testid="verdict"
      data-level={verdict.level}
      styles={{ title: { color: `var(--mantine-color-${color}-light-color)` } }}
    >
      {verdict.causes.length === 0 ? (
        'No queue waits, no task has failed for good.'
      ) : (
        <ul className={classes.causes}>
          {verdict.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
