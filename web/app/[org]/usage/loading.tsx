import { Skeleton, Stack } from '@mantine/core';

export default function Loading() {
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading usage">
      <Skeleton height={36} width={160} />
      <Skeleton height={180} />
      <Skeleton height={320} />
    </Stack>
  );
}
