'use client';

import { Button, CopyButton, Group, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';

type OutputBarProps = { title: string; text: string; fileName: string; mediaType: string };

/** Heads a result: copy it, or keep it as a file. */
export function OutputBar({ title, text, fileName, mediaType }: OutputBarProps) {
  return (
    <Group justify="space-between" gap="xs" mb="md">
      <Title order={2}>{title}</Title>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
              }
            >
              <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
            </Button>
          )}
        </CopyButton>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download(text, fileName, mediaType)}
        >
          Download
        </Button>
      </Group>
    </Group>
  );
}

function download(text: string, fileName: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
