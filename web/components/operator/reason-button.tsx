'use client';

import {
  Alert,
  Button,
  type ButtonProps,
  Group,
  Modal,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import type { OperatorAnswer } from '../../app/operator/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';

const shortestReason = 3;

type ReasonButtonProps = ButtonProps & {
  label: string;
  /** Heading of the question, and what the confirming button says. */
  question: string;
  confirm: string;
  /** What will happen. */
  explanation: string;
  action: (reason: string) => Promise<OperatorAnswer>;
  /** Further inputs, above the reason. */
  children?: ReactNode;
};

/** A button for something that needs a reason: asks for it, then acts, and stays open with the answer if refused. */
export function ReasonButton({
  label,
  question,
  confirm,
  explanation,
  action,
  children,
  ...button
}: ReasonButtonProps) {
  const ready = useReady();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await action(reason.trim());
      setRefused(answer?.message ?? null);
      if (answer) return;
      setReason('');
      close();
    });
  };
  return (
    <>
      <Button size="xs" variant="default" {...button} disabled={!ready} onClick={open}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={question}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text size="sm">{explanation}</Text>
            {children}
            <Textarea
              label="Reason"
              description="Kept in the log of operator actions."
              required
              autosize
              minRows={2}
              maxLength={500}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {refused && (
              <Alert color="red" role="alert">
                {refused}
              </Alert>
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Leave it
              </Button>
              <Button
                type="submit"
                loading={pending}
                disabled={reason.trim().length < shortestReason}
                {...(button.color ? { color: button.color } : {})}
              >
                {confirm}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
