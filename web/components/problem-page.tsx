import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkButton } from './links.tsx';

/** A page for when there is nothing else to show: what happened, and where to go from here. */
export function ProblemPage({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="sm" py={80} px="md" ta="center">
      <Title order={1}>{title}</Title>
      <Text c="dimmed" maw={480}>
        {text}
      </Text>
      <Group mt="sm" justify="center">
        {children}
        <LinkButton href="/" variant="default">
          Go to your tasks
        </LinkButton>
      </Group>
    </Stack>
  );
}
