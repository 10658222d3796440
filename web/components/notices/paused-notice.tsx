import type { OrganizationPause } from '@devsphere/shared/contracts/http/pause.ts';
import { Alert, Group, Text } from '@mantine/core';
import { TimeAgo } from '../time-ago.tsx';
import { ResumeButton } from './resume-button.tsx';

type PausedNoticeProps = { org: string; pause: OrganizationPause; mayResume: boolean };

/** On every page while the organisation holds its work: why nothing starts, and how it goes on. */
export function PausedNotice({ org, pause, mayResume }: PausedNoticeProps) {
  if (!pause.paused) return null;
  return (
    <Alert color="yellow" p="sm" mb="md" role="status" title="Paused: tasks wait">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          Paused {pause.pausedAt && <TimeAgo at={pause.pausedAt} />}: no task starts until somebody
          resumes it. New ones are taken, running ones finish.
          {pause.reason && ` Reason: ${pause.reason}`}
        </Text>
        {mayResume && <ResumeButton org={org} />}
      </Group>
    </Alert>
  );
}
