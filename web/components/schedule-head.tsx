import type { ScheduleDetail } from '@devsphere/shared/contracts/http/schedule.ts';
import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { TextLink } from './links.tsx';
import { ScheduleActions } from './schedule-actions.tsx';
import { ScheduleStateBadge } from './schedule-state-badge.tsx';

type ScheduleHeadProps = {
  org: string;
  schedule: ScheduleDetail;
  kindTitle: string;
  mayWrite: boolean;
};

/** What the schedule is, how it stands, and what one can do with it. */
export function ScheduleHead({ org, schedule, kindTitle, mayWrite }: ScheduleHeadProps) {
  return (
    <Stack gap="xs">
      <TextLink href={`/${org}/schedules`} size="sm" w="fit-content">
        ← Schedules
      </TextLink>
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={6} flex="1 1 20rem" miw={0}>
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {schedule.name}
          </Title>
          <Group gap="xs">
            <ScheduleStateBadge state={schedule.state} />
            <Text size="sm" c="dimmed">
              {kindTitle} · {schedule.cronInWords}
            </Text>
          </Group>
        </Stack>
        {mayWrite && <ScheduleActions org={org} scheduleId={schedule.id} state={schedule.state} />}
      </Group>
      {schedule.pausedReason && (
        <Alert color="yellow" title="Paused by the clock">
          {schedule.pausedReason}
        </Alert>
      )}
    </Stack>
  );
}
