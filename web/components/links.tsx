'use client';

import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  Card,
  type CardProps,
} from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import classes from './links.module.css';

type To = { href: string; children: ReactNode };

// Server components can't hand `Link` to Mantine's `component`: a function does not cross to the browser.

/** A link in a text: underlined, since colour alone does not tell it from the words around it. */
export function TextLink(props: AnchorProps & To) {
  return <Anchor component={Link} underline="always" {...props} />;
}

/** A link that looks like a button. */
export function LinkButton(props: ButtonProps & To) {
  return <Button component={Link} {...props} />;
}

/** A link as large as a card; `active` marks the one that is chosen. */
export function LinkCard({ active = false, ...props }: CardProps & To & { active?: boolean }) {
  return (
    <Card
      component={Link}
      withBorder
      className={classes.card}
      data-active={active || undefined}
      aria-current={active ? 'true' : undefined}
      {...props}
    />
  );
}
