import { Group, Loader, Text } from '@mantine/core';
import type { StreamStatus } from '../lib/browser/event-stream.ts';

/** Says that live updates are interrupted; nothing while they flow. */
export function ReconnectingNote({ status }: { status: StreamStatus }) {
  return (
    <div role="status">
      {status === 'reconnecting' && (
        <Group gap={6} wrap="nowrap">
          <Loader size={12} color="yellow" aria-hidden />
          <Text size="xs" c="dimmed">
            Reconnecting…
          </Text>
        </Group>
      )}
    </div>
  );
}
