'use client';

import { NavLink, Stack } from '@mantine/core';
import {
  IconCalendarTime,
  IconChartBar,
  IconListDetails,
  IconPlus,
  IconSettings,
} from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** The places of an organisation. */
export function ShellNavigation({ slug }: { slug: string }) {
  const pathname = usePathname();
  const places = [
    { path: `/${slug}/tasks`, label: 'Tasks', icon: IconListDetails },
    { path: `/${slug}/tasks/new`, label: 'New task', icon: IconPlus },
    { path: `/${slug}/schedules`, label: 'Schedules', icon: IconCalendarTime },
    { path: `/${slug}/usage`, label: 'Usage', icon: IconChartBar },
    { path: `/${slug}/settings`, label: 'Settings', icon: IconSettings },
  ];
  // The longest path that fits: a new task is not also "Tasks".
  const active = places
    .filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return (
    <Stack gap={4}>
      {places.map(({ path, label, icon: Icon }) => (
        <NavLink
          key={path}
          component={Link}
          href={path}
          label={label}
          leftSection={<Icon size={18} aria-hidden />}
          active={path === active?.path}
          aria-current={pathname === path ? 'page' : undefined}
        />
      ))}
    </Stack>
  );
}
