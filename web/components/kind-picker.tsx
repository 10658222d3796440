import { SimpleGrid, Text } from '@mantine/core';
import type { KindSummary } from '../lib/server/kinds.ts';
import { LinkCard } from './links.tsx';

type KindPickerProps = {
  /** The page with the form; it reads the kind from its address. */
  formPath: string;
  kinds: KindSummary[];
  chosen: string | null;
};

/** The kinds of task to choose from, each a link to its form. */
export function KindPicker({ formPath, kinds, chosen }: KindPickerProps) {
  return (
    <nav aria-label="Kind of task">
      <SimpleGrid cols={{ base: chosen ? 2 : 1, xs: 2, md: 4 }} spacing="sm">
        {kinds.map(({ name, title, description }) => (
          <LinkCard
            key={name}
            href={`${formPath}?kind=${name}`}
            padding="sm"
            active={name === chosen}
          >
            <Text fw={600} size="sm">
              {title}
            </Text>
            <Text size="xs" c="dimmed" {...(chosen ? { visibleFrom: 'xs' as const } : {})}>
              {description}
            </Text>
          </LinkCard>
        ))}
      </SimpleGrid>
    </nav>
  );
}
