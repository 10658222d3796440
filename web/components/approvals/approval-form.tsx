'use client';

import type { Approval } from '@devsphere/shared/contracts/http/approval.ts';
import { Alert, Button, Group } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { approvalFields, type GiveAnswer } from '../../lib/approval-form.ts';
import { useReady } from '../../lib/browser/use-ready.ts';
import { problemsByField, readInput } from '../../lib/form-fields.ts';
import { TaskFieldInput } from '../task-field-input.tsx';
import classes from '../task-form.module.css';

type ApprovalFormProps = {
  asked: Pick<Approval, 'form' | 'proposal'>;
  give: GiveAnswer;
  /** Stands beside the button. */
  children?: ReactNode;
};

const notSent = 'The answer could not be sent. Check your connection and try again.';

/** The form a task asks with, filled in with what it proposes. */
export function ApprovalForm({ asked, give, children }: ApprovalFormProps) {
  const ready = useReady();
  const [{ fields, values: initial }] = useState(() => approvalFields(asked));
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (Object.keys(problems).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  const submit = () => {
    const read = readInput(fields, values);
    if ('fields' in read) return setProblems(read.fields);
    setProblems({});
    startTransition(async () => {
      try {
        const refused = await give(read.input);
        if (!refused) return;
        const byField = problemsByField(refused.fields, fields, 'answer');
        setProblems(Object.keys(byField).length > 0 ? byField : { '': refused.message });
      } catch {
        setProblems({ '': notSent });
      }
    });
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset disabled={!ready} className={classes.fields}>
        {problems[''] && (
          <Alert color="red" role="alert">
            {problems['']}
          </Alert>
        )}
        {fields.map((field) => (
          <TaskFieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            problem={problems[field.name]}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        <Group gap="sm">
          <Button type="submit" loading={pending}>
            Send answer
          </Button>
          {children}
        </Group>
      </fieldset>
    </form>
  );
}
