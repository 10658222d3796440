'use client';

import type { Approval } from '@devsphere/shared/contracts/http/approval.ts';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { answerApprovalAction } from '../../app/[org]/tasks/[id]/approval-actions.ts';
import { approvalFields } from '../../lib/approval-form.ts';
import { SafeMarkdown } from '../safe-markdown.tsx';
import { TimeAgo } from '../time-ago.tsx';
import { ApprovalForm } from './approval-form.tsx';
import { CopyApprovalLink } from './copy-approval-link.tsx';

type ApprovalCardProps = { org: string; mayAnswer: boolean; approval: Approval };

/** What a waiting task asks, with the form to answer it; for who may not answer, what is proposed. */
export function ApprovalCard({ org, mayAnswer, approval }: ApprovalCardProps) {
  const { id: approvalId, taskId, title, expiresAt, onTimeout } = approval;
  const target = { org, taskId, approvalId };
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={title}>
      <Stack gap="md">
        <div>
          <Group gap="xs" wrap="nowrap">
            <IconUserQuestion size={22} aria-hidden />
            <Title order={2}>{title}</Title>
          </Group>
          <Text size="sm" c="dimmed" mt={4}>
            The task waits without costing anything. Unanswered, it{' '}
            {onTimeout === 'expire' ? 'expires' : 'goes on by itself'} <TimeAgo at={expiresAt} />.
          </Text>
        </div>
        {mayAnswer ? (
          <ApprovalForm
            asked={approval}
            give={(answer) => answerApprovalAction({ ...target, answer })}
          >
            <CopyApprovalLink {...target} />
          </ApprovalForm>
        ) : (
          <Proposal approval={approval} />
        )}
      </Stack>
    </Paper>
  );
}

function Proposal({ approval }: { approval: Approval }) {
  const { fields, values } = approvalFields(approval);
  return (
    <>
      <Text size="sm">Your role here is viewer: somebody else answers this.</Text>
      {fields
        .filter(({ widget }) => widget === 'markdown')
        .map(({ name }) => (
          <SafeMarkdown key={name} text={values[name] ?? ''} />
        ))}
    </>
  );
}
