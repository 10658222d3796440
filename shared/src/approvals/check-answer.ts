import type { ErrorObject } from 'ajv';
import { type ApprovalAnswer, approvalAnswer } from '../contracts/http/approval.ts';
import { AppError } from '../errors.ts';
import { compileSchema } from '../tasks/json-schema.ts';
import { validate } from '../validate.ts';

const maximumAnswerCharacters = 400_000;

/** Checks an answer by the form of its approval. Throws `invalid_request` naming each field under `answer`. */
export function checkAnswer(form: Record<string, unknown>, untrusted: unknown): ApprovalAnswer {
  const answer = validate(approvalAnswer, untrusted, 'answer');
  if (JSON.stringify(answer).length > maximumAnswerCharacters)
    throw refused([{ field: 'answer', message: 'Is too long' }]);
  const isValid = compileSchema(form);
  if (isValid(answer)) return answer;
  throw refused((isValid.errors ?? []).slice(0, 20).map(problemOf));
}

function problemOf({ instancePath, keyword, params, message = 'Is wrong' }: ErrorObject) {
  const path = ['answer', ...instancePath.split('/').slice(1)];
  if (keyword === 'required') path.push(String(params.missingProperty));
  if (keyword === 'additionalProperties') path.push(String(params.additionalProperty));
  const words = keyword === 'required' ? 'Is needed' : message;
  return { field: path.join('.'), message: `${words.charAt(0).toUpperCase()}${words.slice(1)}` };
}

function refused(fields: Array<{ field: string; message: string }>): AppError {
  const [first] = fields;
  return new AppError(
    'invalid_request',
    `${first?.field ?? 'answer'}: ${first?.message ?? 'Is wrong'}`,
    { fields },
  );
}
