import { Card, SimpleGrid, Text } from '@mantine/core';
import Link from 'next/link';
import type { KindSummary } from '../lib/server/kinds.ts';
import classes from './link-card.module.css';

type KindPickerProps = { org: string; kinds: KindSummary[]; chosen: string | null };

/** The kinds of task to choose from, each a link to its form. */
export function KindPicker({ org, kinds, chosen }: KindPickerProps) {
  return (
    <nav aria-label="Kind of task">
      <SimpleGrid cols={{ base: chosen ? 2 : 1, xs: 2, md: 4 }} spacing="sm">
        {kinds.map(({ name, title, description }) => (
          <Card
            key={name}
            component={Link}
            href={`/${org}/tasks/new?kind=${name}`}
            withBorder
            padding="sm"
            className={classes.card}
            data-active={name === chosen || undefined}
            aria-current={name === chosen ? 'true' : undefined}
          >
            <Text fw={600} size="sm">
              {title}
            </Text>
            <Text size="xs" c="dimmed" {...(chosen ? { visibleFrom: 'xs' as const } : {})}>
              {description}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
    </nav>
  );
}
