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
import classes from './app-frame.module.css';
import { BrandMark } from './brand-mark.tsx';
import { ColorSchemeMenu } from './color-scheme-menu.tsx';
import { StatusFooter } from './status/status-footer.tsx';

type AppFrameProps = {
  /** Where the mark leads, and what it is called. */
  home: { href: string; label: string };
  /** Beside the mark: where one is. */
  place: ReactNode;
  /** At the far end: who one is. */
  person: ReactNode;
  navigation: ReactNode;
  navigationLabel: string;
  children: ReactNode;
};

/** The frame of every signed-in page: header, navigation that folds away on a phone, content, footer. */
export function AppFrame(props: AppFrameProps) {
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
            <Link href={props.home.href} className={classes.brand} aria-label={props.home.label}>
              <BrandMark size={28} />
            </Link>
            {props.place}
          </Group>
          <Group gap={4} wrap="nowrap">
            <ColorSchemeMenu />
            {props.person}
          </Group>
        </Group>
      </AppShellHeader>
      <AppShellNavbar p="sm" aria-label={props.navigationLabel}>
        {props.navigation}
      </AppShellNavbar>
      <AppShellMain id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          {props.children}
          <StatusFooter />
        </div>
      </AppShellMain>
    </AppShell>
  );
}
