'use client';

import { useState, useTransition } from 'react';
import { type Submission, submitTaskAction } from '../../app/[org]/tasks/new/actions.ts';
import { type AdvancedValues, emptyAdvanced, readAdvanced } from '../advanced-options.ts';
import { type FormField, problemsByField, readInput } from '../form-fields.ts';
import { isRedirect } from './is-redirect.ts';
import { newKey } from './new-key.ts';

export type TaskFormOptions = {
  org: string;
  kind: string;
  fields: FormField[];
  values: Record<string, string>;
  source: { id: string; title: string } | null;
};

const notSent =
  'The task could not be sent. Check your connection and submit again: it will not be made twice.';

/** The state of a task's form: values, messages by field (`''` for the whole), and how to submit it. */
export function useTaskForm({ org, kind, fields, values: initial, source }: TaskFormOptions) {
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [advanced, setAdvanced] = useState<AdvancedValues>(emptyAdvanced);
  const [key, setKey] = useState(newKey);
  const [pending, startTransition] = useTransition();

  const setValue = (name: string, value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setProblems(({ [name]: _, ...others }) => others);
  };

  const send = async (submission: Submission) => {
    try {
      // Answers only when refused: a submitted task leads to its page.
      const refused = await submitTaskAction(submission);
      if (!refused) return;
      // The earlier text was taken, though its answer got lost: this one is a task of its own.
      if (refused.code === 'idempotency_key_reused') setKey(newKey());
      const byField = problemsByField(refused.fields, fields, 'input', Object.keys(advanced));
      setProblems(Object.keys(byField).length > 0 ? byField : { '': refused.message });
    } catch (error) {
      if (isRedirect(error)) throw error;
      setProblems({ '': notSent });
    }
  };

  const submit = () => {
    if (pending) return;
    const read = readInput(fields, values);
    if ('fields' in read) return setProblems(read.fields);
    const options = readAdvanced(advanced);
    if ('fields' in options) return setProblems(options.fields);
    setProblems({});
    startTransition(() =>
      send({
        org,
        kind,
        input: read.input,
        idempotencyKey: key,
        sourceTaskId: source?.id ?? null,
        options: options.options,
      }),
    );
  };

  const changeAdvanced = (change: Partial<AdvancedValues>) => {
    setAdvanced((before) => ({ ...before, ...change }));
    setProblems((before) =>
      Object.fromEntries(Object.entries(before).filter(([name]) => !(name in change))),
    );
  };

  return {
    values,
    setValue,
    problems,
    setProblems,
    pending,
    submit,
    advanced,
    changeAdvanced,
  };
}
