import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { type AuthField, AuthForm } from '../../../../components/auth-form.tsx';
import type { PageProps } from '../../../../lib/page-props.ts';
import { minimumPasswordLength } from '../../../../lib/server/auth-forms.ts';
import { findPerson } from '../../../../lib/server/person.ts';
import { hasResetProof } from '../../../../lib/server/reset-proof.ts';
import { setNewPassword } from '../../actions.ts';

export const metadata: Metadata = { title: 'New password' };

const current: AuthField = {
  name: 'currentPassword',
  label: 'Current password',
  autoComplete: 'current-password',
};

export default async function ResetConfirmPage({ searchParams }: PageProps) {
  const { code } = await searchParams;
  // A page can't store the session that a code buys; the route can, and comes back here.
  if (typeof code === 'string') {
    redirect(`/auth/code?${new URLSearchParams({ code, next: '/reset/confirm' })}`);
  }
  const person = await findPerson();
  if (!person) redirect('/reset?expired=1');
  const proven = await hasResetProof(person.userId);
  return (
    <Stack gap="lg">
      <Title order={1}>Set a new password</Title>
      <Text size="sm">For {person.email}. Other browsers will be signed out.</Text>
      <AuthForm
        action={setNewPassword}
        submitLabel="Set password"
        fields={[
          ...(proven ? [] : [current]),
          {
            name: 'password',
            label: 'New password',
            description: `At least ${minimumPasswordLength} characters.`,
            autoComplete: 'new-password',
          },
        ]}
      />
    </Stack>
  );
}
