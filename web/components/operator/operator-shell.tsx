'use client';

import {
  AppShell,
  AppShellHeader,
  AppShellMain,
  AppShellNavbar,
  Burger,
  Group,
  NavLink,
  Stack,
  Text,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
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
import { type ReactNode, useEffect } from 'react';
import { BrandMark } from '../brand-mark.tsx';
import { ColorSchemeMenu } from '../color-scheme-menu.tsx';
import classes from '../shell.module.css';
import { StatusFooter } from '../status/status-footer.tsx';
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
  const [menuOpen, menu] = useDisclosure(false);
  const pathname = usePathname();
  const { close } = menu;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      padding="md"
    >
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <AppShellHeader zIndex={200}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={menuOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={menuOpen ? 'Close navigation' : 'Open navigation'}
              aria-expanded={menuOpen}
            />
            <Link href="/operator" className={classes.brand} aria-label="DevSphere OS, operations">
              <BrandMark size={28} />
            </Link>
            <Text fw={600} truncate>
              Operations
            </Text>
          </Group>
          <Group gap={4} wrap="nowrap">
            <ColorSchemeMenu />
            <UserMenu person={person} />
          </Group>
        </Group>
      </AppShellHeader>
      <AppShellNavbar p="sm" aria-label="Operations">
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
      </AppShellNavbar>
      <AppShellMain id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          {children}
          <StatusFooter />
        </div>
      </AppShellMain>
    </AppShell>
  );
}
