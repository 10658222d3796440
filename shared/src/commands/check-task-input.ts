import { AppError } from '../errors.ts';
import { isTaskKind, type TaskKindName, taskKindNames, taskKinds } from '../tasks/catalogue.ts';
import type { TaskKind } from '../tasks/kind.ts';
import { validate } from '../validate.ts';

export type CheckedTaskInput = {
  kindName: TaskKindName;
  kind: TaskKind;
  input: Record<string, unknown>;
};

/** Finds a kind and validates an input by its schema. Throws `unknown_kind` or `invalid_request`. */
export function checkTaskInput(kindName: string, rawInput: unknown): CheckedTaskInput {
  if (!isTaskKind(kindName)) {
    throw new AppError(
      'unknown_kind',
      `There is no task kind "${kindName.slice(0, 80)}". Known kinds: ${taskKindNames.join(', ')}.`,
      { fields: [{ field: 'kind', message: 'Unknown task kind' }] },
    );
  }
  const kind: TaskKind = taskKinds[kindName];
  return {
    kindName,
    kind,
    input: validate(kind.input, rawInput, 'input') as Record<string, unknown>,
  };
}

/** Refuses an idempotency key of the wrong length. Throws `invalid_request`. */
export function checkIdempotencyKey(key: string | null): void {
  if (key !== null && (key.length < 1 || key.length > 200)) {
    throw new AppError('invalid_request', 'Idempotency-Key: use 1 to 200 characters.', {
      fields: [{ field: 'Idempotency-Key', message: 'Use 1 to 200 characters' }],
    });
  }
}
