'use client';

import type { Approval } from '@devsphere/shared/contracts/http/approval.ts';
import { answerByLinkAction } from '../../app/approvals/[token]/actions.ts';
import { ApprovalForm } from './approval-form.tsx';

type AnswerByLinkProps = { token: string; asked: Pick<Approval, 'form' | 'proposal'> };

/** The form of an approval for whoever holds its link. */
export function AnswerByLink({ token, asked }: AnswerByLinkProps) {
  return <ApprovalForm asked={asked} give={(answer) => answerByLinkAction({ token, answer })} />;
}
