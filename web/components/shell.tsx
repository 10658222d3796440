'use client';

import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Shell as ShellData } from '../lib/server/organization.ts';
import { AppFrame } from './app-frame.tsx';
import { KeyboardShortcuts } from './keyboard-shortcuts.tsx';
import { OrganizationSwitcher } from './organization-switcher.tsx';
import { ShellNavigation } from './shell-navigation.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame around every page of an organisation. */
export function Shell({ shell, children }: { shell: ShellData; children: ReactNode }) {
  const [helpOpen, help] = useDisclosure(false);
  const { slug } = shell.organization;
  return (
    <AppFrame
      home={{ href: `/${slug}/tasks`, label: 'DevSphere OS, tasks' }}
      place={
        <OrganizationSwitcher current={shell.organization} organizations={shell.organizations} />
      }
      person={<UserMenu person={shell.person} isOperator={shell.isOperator} onHelp={help.open} />}
      navigation={<ShellNavigation slug={slug} />}
      navigationLabel="Main"
    >
      {children}
      <KeyboardShortcuts slug={slug} helpOpen={helpOpen} help={help} />
    </AppFrame>
  );
}
