import { z } from 'zod';

export const approvalStates = ['open', 'answered', 'timed_out', 'withdrawn'] as const;

export const approvalAnswer = z
  .record(z.string(), z.unknown())
  .meta({ description: 'What the form asks for; see `form` of the approval.' });

export const approval = z
  .object({
    id: z.uuid(),
    taskId: z.uuid(),
    title: z.string(),
    state: z.enum(approvalStates),
    form: z
      .record(z.string(), z.unknown())
      .meta({ description: 'JSON Schema (draft 2020-12) of the answer.' }),
    proposal: approvalAnswer.meta({ description: 'What the form is filled in with.' }),
    answer: approvalAnswer.nullable(),
    answeredBy: z.uuid().nullable(),
    answeredHow: z.enum(['person', 'program', 'link', 'timeout']).nullable().meta({
      description:
        'Who answered; `timeout` when nobody did in time and the task went on by itself.',
    }),
    onTimeout: z.enum(['expire', 'continue']).meta({
      description: 'What happens when nobody answers: the task expires, or goes on by itself.',
    }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Approval' });

export const approvalList = z.object({ approvals: z.array(approval) }).meta({ id: 'ApprovalList' });

export const answerApprovalBody = z
  .strictObject({ answer: approvalAnswer })
  .meta({ id: 'AnswerApproval' });

export type Approval = z.output<typeof approval>;
export type ApprovalAnswer = z.output<typeof approvalAnswer>;
