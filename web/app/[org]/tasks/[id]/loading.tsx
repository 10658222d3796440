import { Paper, Skeleton, Stack } from '@mantine/core';

export default function TaskLoading() {
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading the task">
      <Skeleton height={20} width={80} />
      <Skeleton height={36} width="60%" />
      <Paper withBorder p="lg">
        <Stack gap="sm">
          <Skeleton height={16} />
          <Skeleton height={16} />
          <Skeleton height={16} width="70%" />
        </Stack>
      </Paper>
    </Stack>
  );
}
