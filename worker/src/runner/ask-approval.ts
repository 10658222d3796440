import { approvalToken } from '@devsphere/shared/approvals/approval-token.ts';
import type { ApprovalAnswer } from '@devsphere/shared/contracts/http/approval.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { tokenHash } from '@devsphere/shared/invitation-token.ts';
import { z } from 'zod';
import type { Claim } from './claim.ts';
import type { EventSink } from './event-sink.ts';
import { failureOf } from './failures.ts';

/** What a handler asks a person. */
export type ApprovalRequest<Form extends z.ZodType> = {
  title: string;
  /** The shape of the answer; its fields carry title, description and widget, as those of a kind's input do. */
  form: Form;
  /** What the form is filled in with. */
  proposal?: Partial<z.input<Form>>;
  /** How long the answer is waited for. */
  waitSeconds: number;
  /** The answer when nobody gives one in time; without it the task expires then. */
  fallback?: z.input<Form>;
};

/** A question as it is stored. */
export type ApprovalQuestion = {
  id: string;
  stepKey: string;
  title: string;
  form: Record<string, unknown>;
  proposal: ApprovalAnswer;
  fallback: ApprovalAnswer | null;
  waitSeconds: number;
  /** Null where links can't be made. */
  linkHash: string | null;
};

/** Thrown by a handler's question: the attempt ends here, and a later one goes on with the answer. */
export class ApprovalNeeded extends Error {
  /** Nobody's to log: it holds what the model wrote. */
  readonly #question: ApprovalQuestion;

  constructor(question: ApprovalQuestion) {
    super('the task waits for a person');
    this.name = 'ApprovalNeeded';
    this.#question = question;
  }

  get question(): ApprovalQuestion {
    return this.#question;
  }
}

/**
 * Asks a person as a durable step. The first time it throws `ApprovalNeeded`, which ends the attempt; once there is an
 * answer, a later attempt gets it as its form reads it.
 */
export function askApproval<Form extends z.ZodType>(
  { claim, sink, linkSecret }: { claim: Claim; sink: EventSink; linkSecret: string | null },
  key: string,
  { title, form, proposal = {}, waitSeconds, fallback }: ApprovalRequest<Form>,
): z.output<Form> {
  const stored = claim.steps.get(key);
  if (stored !== undefined) {
    sink.add({ type: 'step.replayed', data: { step: key, title } });
    const read = form.safeParse((stored as { answer: unknown }).answer);
    if (read.success) return read.data;
    throw failureOf('answer_not_usable', { cause: read.error });
  }
  const id = newId();
  const { $schema: _dialect, ...schema } = z.toJSONSchema(form, { io: 'input' });
  throw new ApprovalNeeded({
    id,
    stepKey: key,
    title,
    form: schema,
    proposal: proposal as ApprovalAnswer,
    fallback: (fallback as ApprovalAnswer | undefined) ?? null,
    waitSeconds,
    linkHash: linkSecret
      ? tokenHash(approvalToken(linkSecret, { orgId: claim.orgId, approvalId: id }))
      : null,
  });
}
