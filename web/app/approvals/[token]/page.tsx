import type { ApprovalOfLink } from '@devsphere/shared/queries/approvals/find-approval-link.ts';
import { Alert, Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { AnswerByLink } from '../../../components/approvals/answer-by-link.tsx';
import { BrandMark } from '../../../components/brand-mark.tsx';
import { ColorSchemeMenu } from '../../../components/color-scheme-menu.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { requireApprovalOfLink } from '../../../lib/server/approvals.ts';

// The address is a secret: nobody is told of it.
export const metadata: Metadata = {
  title: 'Approval',
  referrer: 'no-referrer',
  robots: { index: false },
};

const over: Record<Exclude<ApprovalOfLink['state'], 'open'>, [title: string, words: string]> = {
  answered: ['Answered', 'The task has the answer. This link has done its work.'],
  timed_out: ['Too late', 'Nobody answered in time. Whoever runs the task can ask again.'],
  withdrawn: ['Nothing to answer any more', 'The task was stopped before anybody answered.'],
};

const goneOn: [title: string, words: string] = [
  'Over',
  'The task has gone on: with an answer, or by itself when the time to answer was over. This link has done its work.',
];

export default async function ApprovalPage({ params }: PageProps<{ token: string }>) {
  const { token } = await params;
  const { state, title, taskTitle, organizationName, form, proposal, expiresAt } =
    await requireApprovalOfLink(token);
  return (
    <Container component="main" size="md" py="lg">
      <Stack gap="lg">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <BrandMark size={28} />
            <Text fw={650}>DevSphere OS</Text>
          </Group>
          <ColorSchemeMenu />
        </Group>
        <div>
          <Title order={1}>{title}</Title>
          <Text size="sm" c="dimmed" mt={4}>
            {organizationName} asks you about “{taskTitle}”.
            {state === 'open' && (
              <>
                {' '}
                The time to answer ends <TimeAgo at={expiresAt.toISOString()} />.
              </>
            )}
          </Text>
        </div>
        {state === 'open' ? (
          <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
            <AnswerByLink token={token} asked={{ form, proposal }} />
          </Paper>
        ) : (
          <Over state={state} expiresAt={expiresAt} />
        )}
      </Stack>
    </Container>
  );
}

type OverProps = { state: Exclude<ApprovalOfLink['state'], 'open'>; expiresAt: Date };

function Over({ state, expiresAt }: OverProps) {
  // What the holder of a link may know does not say whether a person answered or the time was over.
  const mayBeByItself = state === 'answered' && expiresAt.getTime() <= Date.now();
  const [title, words] = mayBeByItself ? goneOn : over[state];
  return (
    <Alert color={state === 'answered' && !mayBeByItself ? 'green' : 'gray'} title={title}>
      {words}
    </Alert>
  );
}
