'use client';

import {
  Alert,
  Button,
  type ButtonProps,
  Group,
  Modal,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState, useTransition } from 'react';
import { useReady } from '../../lib/browser/use-ready.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

type ConfirmButtonProps = ButtonProps & {
  label: string;
  /** Says which one, when several buttons of a page have the same label. */
  'aria-label'?: string;
  /** Heading of the question, and what the confirming button says. */
  question: string;
  confirm: string;
  /** What will happen. */
  explanation: string;
  /** Must be typed before it can be confirmed. */
  typed?: string;
  /** Label of a text that may be left out, instead of what must be typed. */
  note?: { label: string; description: string; maxLength: number };
  /** Gets what was typed. */
  action: (typed: string) => Promise<SettingsAnswer>;
};

/** A button for what is hard to take back: asks first, acts, and stays open with the answer if refused. */
export function ConfirmButton({
  label,
  'aria-label': ariaLabel,
  question,
  confirm,
  explanation,
  typed,
  note,
  action,
  ...button
}: ConfirmButtonProps) {
  const ready = useReady();
  const [opened, { open, close }] = useDisclosure(false);
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await action(text.trim());
      setRefused(answer?.message ?? null);
      if (!answer) close();
    });
  };
  return (
    <>
      <Button
        variant="default"
        {...button}
        {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
        disabled={!ready}
        onClick={() => {
          setText('');
          setRefused(null);
          open();
        }}
      >
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={question}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">{explanation}</Text>
            {typed !== undefined && (
              <TextInput
                label={`Type ${typed} to confirm`}
                autoComplete="off"
                data-autofocus
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
            {note && (
              <TextInput
                {...note}
                data-autofocus
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
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
                // A shade darker than its usual red: white text must read on it.
                color="red.8"
                loading={pending}
                disabled={typed !== undefined && text.trim() !== typed}
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
