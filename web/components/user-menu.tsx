'use client';

import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconActivityHeartbeat, IconKeyboard, IconLogout } from '@tabler/icons-react';
import Link from 'next/link';
import { useTransition } from 'react';
import { signOut } from '../app/(auth)/actions.ts';
import type { Shell } from '../lib/server/organization.ts';
import classes from './user-menu.module.css';

type UserMenuProps = {
  person: Shell['person'];
  /** Shows the way to the operator console. */
  isOperator?: boolean;
  onHelp?: () => void;
};

/** Who is signed in, and the way out. */
export function UserMenu({ person, isOperator = false, onHelp }: UserMenuProps) {
  const [, startTransition] = useTransition();
  return (
    <Menu position="bottom-end" width={240} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={`Account of ${person.displayName}`}>
          <Avatar color="sphere" size={34} radius="xl" aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {person.displayName}
          </Text>
          <Text size="xs">{person.email}</Text>
        </Menu.Label>
        <Menu.Divider />
        {isOperator && (
          <Menu.Item
            component={Link}
            href="/operator"
            leftSection={<IconActivityHeartbeat size={16} aria-hidden />}
          >
            Operations
          </Menu.Item>
        )}
        {onHelp && (
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
            Keyboard shortcuts
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => startTransition(() => signOut())}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
