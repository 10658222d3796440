import { Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { LinkButton } from './links.tsx';

type ListPagerProps = { shown: number; newerHref: string | null; olderHref: string | null };

/** Leads to newer and older tasks; nothing when all of them are on this page. */
export function ListPager({ shown, newerHref, olderHref }: ListPagerProps) {
  if (!newerHref && !olderHref) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="space-between" gap="sm">
      <Text size="sm" c="dimmed">
        {shown} shown. Narrow the list with the filters above.
      </Text>
      <Group gap="xs">
        {newerHref && (
          <LinkButton
            href={newerHref}
            variant="default"
            size="sm"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
          >
            Newer
          </LinkButton>
        )}
        {olderHref && (
          <LinkButton
            href={olderHref}
            variant="default"
            size="sm"
            rightSection={<IconChevronRight size={16} aria-hidden />}
          >
            Older
          </LinkButton>
        )}
      </Group>
    </Group>
  );
}
