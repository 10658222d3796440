'use client';

import { retryFromStepAction, type TaskTarget } from '../app/[org]/tasks/[id]/actions.ts';
import { ConfirmButton } from './settings/confirm-button.tsx';

type RetryFromStepProps = { task: TaskTarget; step: string; title: string };

/** Does a task again from one of its finished steps on. */
export function RetryFromStep({ task, step, title }: RetryFromStepProps) {
  return (
    <ConfirmButton
      size="compact-xs"
      variant="subtle"
      ml={14}
      label="Retry from here"
      aria-label={`Retry from here: ${title}`}
      question={`Retry from “${title}”?`}
      explanation="This step and what came after it are forgotten, done again and paid for again. Earlier steps are kept."
      confirm="Retry from here"
      action={async () => {
        const refused = await retryFromStepAction(task, step);
        return refused && { message: refused.message, fields: {} };
      }}
    />
  );
}
