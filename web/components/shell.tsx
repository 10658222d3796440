'use client';

import {
  AppShell,
  AppShellHeader,
  AppShellMain,
  AppShellNavbar,
  Burger,
  Group,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import type { Shell as ShellData } from '../lib/server/organization.ts';
import { BrandMark } from './brand-mark.tsx';
import { ColorSchemeMenu } from './color-scheme-menu.tsx';
import { KeyboardShortcuts } from './keyboard-shortcuts.tsx';
import { OrganizationSwitcher } from './organization-switcher.tsx';
import classes from './shell.module.css';
import { ShellNavigation } from './shell-navigation.tsx';
import { StatusFooter } from './status/status-footer.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame around every page of an organisation. */
export function Shell({ shell, children }: { shell: ShellData; children: ReactNode }) {
  const [menuOpen, menu] = useDisclosure(false);
  const [helpOpen, help] = useDisclosure(false);
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
      {/* Above the navigation, since its menus open over it. */}
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
            <Link
              href={`/${shell.organization.slug}/tasks`}
              className={classes.brand}
              aria-label="DevSphere OS, tasks"
            >
              <BrandMark size={28} />
            </Link>
            <OrganizationSwitcher
              current={shell.organization}
              organizations={shell.organizations}
            />
          </Group>
          <Group gap={4} wrap="nowrap">
            <ColorSchemeMenu />
            <UserMenu person={shell.person} isOperator={shell.isOperator} onHelp={help.open} />
          </Group>
        </Group>
      </AppShellHeader>
      <AppShellNavbar p="sm" aria-label="Main">
        <ShellNavigation slug={shell.organization.slug} />
      </AppShellNavbar>
      <AppShellMain id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          {children}
          <StatusFooter />
        </div>
      </AppShellMain>
      <KeyboardShortcuts slug={shell.organization.slug} helpOpen={helpOpen} help={help} />
    </AppShell>
  );
}
