'use client';

import { NavLink, Stack, Text } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconBuilding,
  IconDatabase,
  IconHistory,
  IconListDetails,
  IconMailX,
  IconSpeakerphone,
  type TablerIcon,
} from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppFrame } from '../app-frame.tsx';
import { UserMenu } from '../user-menu.tsx';

const places: ReadonlyArray<{ href: string; label: string; Icon: TablerIcon }> = [
  { href: '/operator', label: 'Overview', Icon: IconActivityHeartbeat },
  { href: '/operator/jobs', label: 'Jobs', Icon: IconListDetails },
  { href: '/operator/dead-letters', label: 'Dead letters', Icon: IconMailX },
  { href: '/operator/organizations', label: 'Organisations', Icon: IconBuilding },
  { href: '/operator/incidents', label: 'Incidents', Icon: IconSpeakerphone },
  { href: '/operator/log', label: 'Action log', Icon: IconHistory },
];

type OperatorShellProps = { person: { displayName: string; email: string }; children: ReactNode };

/** The frame around every page of the operator console. */
export function OperatorShell({ person, children }: OperatorShellProps) {
  return (
    <AppFrame
      home={{ href: '/operator', label: 'DevSphere OS, operations' }}
      place={
        <Text fw={600} truncate>
          Operations
        </Text>
      }
      person={<UserMenu person={person} />}
      navigation={<OperatorNavigation />}
      navigationLabel="Operations"
    >
      {children}
    </AppFrame>
  );
}

function OperatorNavigation() {
  const pathname = usePathname();
  return (
    <Stack gap={4}>
      {places.map(({ href, label, Icon }) => (
        <NavLink
          key={href}
          component={Link}
          href={href}
          label={label}
          leftSection={<Icon size={18} aria-hidden />}
          active={pathname === href}
          aria-current={pathname === href ? 'page' : undefined}
        />
      ))}
      <NavLink
        // Another application answers there, so it is a page of its own.
        component="a"
        href="/operator/queue-dashboard"
        label="Raw queue view"
        leftSection={<IconDatabase size={18} aria-hidden />}
      />
      <NavLink component={Link} href="/" label="Back to your tasks" mt="md" />
    </Stack>
  );
}
