import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The heading of a page, with what one can do there beside it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" gap="sm">
      <Title order={1}>{title}</Title>
      {children}
    </Group>
  );
}
