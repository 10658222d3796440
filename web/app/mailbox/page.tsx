import { Container, Paper, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { MailText } from '../../components/mailbox/mail-text.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { PageProps } from '../../lib/page-props.ts';
import { loadMailbox } from '../../lib/server/mailbox.ts';

export const metadata: Metadata = { title: 'Mailbox', referrer: 'no-referrer' };

export default async function MailboxPage({ searchParams }: PageProps) {
  const mails = await loadMailbox((await searchParams).key);
  return (
    <Container component="main" size="sm" py="xl">
      <Stack gap="md">
        <Title order={1}>Mailbox</Title>
        <Text size="sm" c="dimmed">
          This system sends no mail: what it would have sent is here, newest first.
        </Text>
        {mails.length === 0 && <Text ta="center">No mails yet.</Text>}
        {mails.map(({ id, at, to, subject, text }) => (
          <Paper key={id} withBorder p="md" component="article" aria-label={`${subject}, to ${to}`}>
            <Title order={2}>{subject}</Title>
            <Text size="xs" c="dimmed" mb="sm">
              To {to} · <TimeAgo at={at} />
            </Text>
            <MailText text={text} />
          </Paper>
        ))}
      </Stack>
    </Container>
  );
}
