'use client';

import { Button, Menu, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import Link from 'next/link';
import type { Shell } from '../lib/server/organization.ts';
import classes from './organization-switcher.module.css';

type OrganizationSwitcherProps = {
  current: Shell['organization'];
  organizations: Shell['organizations'];
};

/** Names the organisation one is in, and leads to the others one belongs to. */
export function OrganizationSwitcher({ current, organizations }: OrganizationSwitcherProps) {
  return (
    <Menu position="bottom-start" width={260} withinPortal={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px="xs"
          miw={0}
          rightSection={<IconSelector size={16} aria-hidden />}
        >
          <span className={classes.name}>{current.name}</span>
          <VisuallyHidden>, switch organisation</VisuallyHidden>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        <Menu.Label>Your organisations</Menu.Label>
        {organizations.map(({ slug, name, role }) => (
          <Menu.Item
            key={slug}
            component={Link}
            href={`/${slug}/tasks`}
            aria-current={slug === current.slug ? 'true' : undefined}
            rightSection={slug === current.slug ? <IconCheck size={16} aria-hidden /> : null}
          >
            <Text size="sm">{name}</Text>
            <Text size="xs" c="dimmed">
              {role}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href="/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New organisation
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
