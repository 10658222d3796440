import type { TaskError } from '@devsphere/shared/contracts/events/task-event.ts';

const ownFault =
  'The input is not at fault. Retry later; if it ends like this again, tell whoever runs this installation the code below.';
const keyFault = (what: string) =>
  `The input is not at fault. ${what}, then retry: finished steps are kept. With your organisation’s own key that is for its admins, otherwise for whoever runs this installation.`;
const lessMaterial = 'It would end the same again. Run again with less material.';

/** What to do about an error that ended a task, by its code. Codes that are missing have the advice of their class. */
const byCode: Record<string, string> = {
  // Times that were over
  deadline_exceeded:
    'Retry goes on from the finished steps; or run again with less material, or with more time for a run.',
  not_started_in_time:
    'Nothing ran and nothing was paid for. Retry starts it as soon as there is room, without that limit.',
  approval_timed_out: 'Retry asks again. Finished steps are kept.',
  // Claude's account
  spend_limit_reached: keyFault('The limit at Anthropic must be raised, or begin anew'),
  model_access_denied: keyFault('The key must be replaced'),
  model_payment_required: keyFault('The account must be paid for'),
  own_key_refused: 'The input is not at fault. Once the key works, retry: finished steps are kept.',
  model_not_found: ownFault,
  no_price: ownFault,
  // The input
  input_too_long: lessMaterial,
  context_exceeded: lessMaterial,
  output_truncated: 'It would end the same again. Run again with less material, or ask for less.',
  output_too_large: 'It would end the same again. Run again with less material, or ask for less.',
  model_refused: 'It would most likely decline again. Run again with changes to the input.',
  model_refused_request:
    'It would most likely be refused again. Run again with changes to the input.',
  schema_not_satisfied: 'Run again with a schema that fits the material, or with more material.',
  input_not_valid: 'Run again with changes: the form says what does not fit.',
  not_storable: 'It would end the same again. Run again with changes to the input.',
  answer_not_usable: 'Retry from the step of the question to be asked again.',
  // Ourselves
  agent_wrong_answer: ownFault,
  agent_refused_request: ownFault,
  storage_not_set_up: ownFault,
  unknown_kind: 'This kind was taken away. Nothing here brings it back.',
  worker_lost:
    'It may be this input that brings workers down. Retry once; if it ends like this again, run again with less or other material.',
};

const byClass: Record<TaskError['class'], string> = {
  retry:
    'This usually passes. Retry keeps the finished steps, so only what is missing is paid for.',
  fatal: 'Trying again as it is will most likely end the same way.',
  expired: 'Its time was over. Retry goes on from the finished steps.',
  cancelled: 'Retry goes on from the finished steps.',
};

/** What a person can do about how a task ended. */
export function adviceOn({ code, class: kind }: Pick<TaskError, 'code' | 'class'>): string {
  return byCode[code] ?? byClass[kind];
}
