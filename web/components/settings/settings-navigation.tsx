'use client';

import { NavLink } from '@mantine/core';
import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import classes from './settings.module.css';

/** Stands in a link while its section is on its way; the frame shows a skeleton then. */
function OnItsWay() {
  const { pending } = useLinkStatus();
  return pending ? <span data-pending /> : null;
}

type SettingsNavigationProps = { org: string; sections: Array<{ path: string; label: string }> };

/** The sections of the settings: a column on a wide screen, lines of buttons on a phone. */
export function SettingsNavigation({ org, sections }: SettingsNavigationProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Settings" className={classes.navigation}>
      {sections.map(({ path, label }) => {
        const href = `/${org}/settings/${path}`;
        return (
          <NavLink
            key={path}
            component={Link}
            href={href}
            label={label}
            rightSection={<OnItsWay />}
            className={classes.link ?? ''}
            active={pathname === href || pathname.startsWith(`${href}/`)}
            aria-current={pathname === href ? 'page' : undefined}
          />
        );
      })}
    </nav>
  );
}
