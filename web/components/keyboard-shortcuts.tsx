'use client';

import {
  CloseButton,
  Group,
  Kbd,
  ModalBody,
  ModalContent,
  ModalOverlay,
  ModalRoot,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** The search field that "/" jumps to carries this id. */
export const searchFieldId = 'task-search';

const shortcuts = [
  { keys: 'n', does: 'New task' },
  { keys: '/', does: 'Search tasks' },
  { keys: 'Ctrl or ⌘ + Enter', does: 'Submit the task being written' },
  { keys: '?', does: 'Show this help' },
];

type KeyboardShortcutsProps = {
  slug: string;
  helpOpen: boolean;
  help: { open: () => void; close: () => void };
};

/** Single-key shortcuts, active while nobody is typing, and the window that lists them. */
export function KeyboardShortcuts({ slug, helpOpen, help }: KeyboardShortcutsProps) {
  const router = useRouter();
  const { open, close } = help;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') open();
      else if (event.key === 'n') router.push(`/${slug}/tasks/new`);
      else if (event.key === '/') {
        const search = document.getElementById(searchFieldId);
        if (search) search.focus();
        else router.push(`/${slug}/tasks?focus=search`);
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open, router, slug]);
  return (
    // Put together by hand: the ready-made header would be a second banner of the page.
    <ModalRoot opened={helpOpen} onClose={close}>
      <ModalOverlay />
      <ModalContent aria-label="Keyboard shortcuts">
        <ModalBody pt="md">
          <Stack gap="sm">
            <Group justify="space-between">
              <Title order={2}>Keyboard shortcuts</Title>
              <CloseButton onClick={close} aria-label="Close" />
            </Group>
            {shortcuts.map(({ keys, does }) => (
              <Group key={keys} justify="space-between">
                <Text size="sm">{does}</Text>
                <Kbd>{keys}</Kbd>
              </Group>
            ))}
          </Stack>
        </ModalBody>
      </ModalContent>
    </ModalRoot>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]',
    ) !== null
  );
}
