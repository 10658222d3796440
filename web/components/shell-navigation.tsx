'use client';

import { NavLink, Stack } from '@mantine/core';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** The places of an organisation. */
export function ShellNavigation({ slug }: { slug: string }) {
  const pathname = usePathname();
  const newTask = `/${slug}/tasks/new`;
  const inNewTask = pathname.startsWith(newTask);
  return (
    <Stack gap={4}>
      <NavLink
        component={Link}
        href={`/${slug}/tasks`}
        label="Tasks"
        leftSection={<IconListDetails size={18} aria-hidden />}
        active={!inNewTask}
        aria-current={pathname === `/${slug}/tasks` ? 'page' : undefined}
      />
      <NavLink
        component={Link}
        href={newTask}
        label="New task"
        leftSection={<IconPlus size={18} aria-hidden />}
        active={inNewTask}
        aria-current={inNewTask ? 'page' : undefined}
      />
    </Stack>
  );
}
