import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthForm } from '../../../../components/auth-form.tsx';
import type { PageProps } from '../../../../lib/page-props.ts';
import { minimumPasswordLength } from '../../../../lib/server/auth-forms.ts';
import { findPerson } from '../../../../lib/server/person.ts';
import { setNewPassword } from '../../actions.ts';

export const metadata: Metadata = { title: 'New password' };

export default async function ResetConfirmPage({ searchParams }: PageProps) {
  const { code } = await searchParams;
  // A page can't store the session that a code buys; the route can, and comes back here.
  if (typeof code === 'string') {
    redirect(`/auth/code?${new URLSearchParams({ code, next: '/reset/confirm' })}`);
  }
  const person = await findPerson();
  if (!person) redirect('/reset?expired=1');
  return (
    <Stack gap="lg">
      <Title order={1}>Set a new password</Title>
      <Text size="sm">For {person.email}. Other browsers will be signed out.</Text>
      <AuthForm
        action={setNewPassword}
        submitLabel="Set password"
        fields={[
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
