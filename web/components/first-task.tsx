import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { examples } from '../lib/examples.ts';
import { kindTitle } from '../lib/server/kinds.ts';
import { LinkCard } from './links.tsx';

/** What an organisation without tasks sees: things to try, one click from a filled-in form. */
export function FirstTask({ org }: { org: string }) {
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>No tasks yet</Title>
        <Text c="dimmed" size="sm">
          Start with one of these. The form comes filled in; change what you like, then submit.
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {examples.map(({ kind, title }) => (
          <LinkCard key={kind} href={`/${org}/tasks/new?kind=${kind}&example=1`}>
            <Text size="xs" c="dimmed">
              {kindTitle(kind)}
            </Text>
            <Text fw={600}>{title}</Text>
          </LinkCard>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
