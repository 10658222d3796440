'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useTransition } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

type CommandButtonProps = ButtonProps & {
  children: ReactNode;
  action: () => Promise<SettingsAnswer>;
  /** What to say when it is done. */
  done?: string;
};

/** A button for what is easily taken back: acts at once, and says why if refused. */
export function CommandButton({ children, action, done, ...button }: CommandButtonProps) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const refused = await action().catch(() => notSent);
      if (refused) notifications.show({ color: 'red', message: refused.message, closeButtonProps });
      else if (done) notifications.show({ message: done, closeButtonProps });
    });
  return (
    <Button variant="default" {...button} disabled={!ready} loading={pending} onClick={run}>
      {children}
    </Button>
  );
}

const closeButtonProps = { 'aria-label': 'Close' };
const notSent = { message: 'It could not be done. Check your connection and try again.' };
