'use client';

import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useActionState } from 'react';
import type { FormState } from '../lib/form-state.ts';

export type AuthField = {
  name: 'displayName' | 'email' | 'password' | 'currentPassword';
  label: string;
  description?: string;
  autoComplete: string;
};

type AuthFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  fields: AuthField[];
  submitLabel: string;
  /** What a field begins with. */
  initial?: Partial<Record<AuthField['name'], string>>;
  /** Sent along unseen, such as where to go next. */
  hidden?: Record<string, string>;
};

/** A form about accounts. Works before scripts have loaded; errors stand at their field. */
export function AuthForm({
  action,
  fields,
  submitLabel,
  initial = {},
  hidden = {},
}: AuthFormProps) {
  const [state, submit, pending] = useActionState(action, {});
  if (state.done) {
    return (
      <Alert color="green" role="status">
        {state.done}
      </Alert>
    );
  }
  return (
    <form action={submit} noValidate>
      <Stack gap="md">
        {state.message && (
          <Alert color="red" role="alert">
            {state.message}
          </Alert>
        )}
        {fields.map((field) => (
          <AuthInput key={field.name} field={field} state={state} initial={initial[field.name]} />
        ))}
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit" loading={pending} fullWidth mt="xs">
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}

function AuthInput({
  field,
  state,
  initial,
}: {
  field: AuthField;
  state: FormState;
  initial: string | undefined;
}) {
  const common = {
    name: field.name,
    label: field.label,
    description: field.description,
    autoComplete: field.autoComplete,
    required: true,
    withAsterisk: false,
    defaultValue: state.values?.[field.name] ?? initial,
    error: state.fields?.[field.name],
  };
  if (field.name === 'password' || field.name === 'currentPassword') {
    return (
      <PasswordInput
        {...common}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what you type' }}
      />
    );
  }
  return <TextInput {...common} type={field.name === 'email' ? 'email' : 'text'} />;
}
