import type { Approval, ApprovalAnswer } from '@devsphere/shared/contracts/http/approval.ts';
import type { FieldError } from '@devsphere/shared/errors.ts';
import { type FormField, fieldsOf, toText } from './form-fields.ts';

/** Why an answer was refused; null when it was taken. */
export type AnswerRefused = { message: string; fields: FieldError[] } | null;

export type GiveAnswer = (answer: ApprovalAnswer) => Promise<AnswerRefused>;

/** The fields of an approval's form, and what they start with. */
export function approvalFields({ form, proposal }: Pick<Approval, 'form' | 'proposal'>): {
  fields: FormField[];
  values: Record<string, string>;
} {
  const fields = fieldsOf(form as Parameters<typeof fieldsOf>[0]);
  return {
    fields,
    values: Object.fromEntries(
      fields.map(({ name, initial }) => [name, toText(proposal[name]) || initial]),
    ),
  };
}
