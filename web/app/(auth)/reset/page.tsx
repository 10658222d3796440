import { Alert, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { AuthForm } from '../../../components/auth-form.tsx';
import { TextLink } from '../../../components/links.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { requestReset } from '../actions.ts';

export const metadata: Metadata = { title: 'Reset password' };

export default async function ResetPage({ searchParams }: PageProps) {
  const { expired } = await searchParams;
  return (
    <Stack gap="lg">
      <Title order={1}>Reset your password</Title>
      {expired && (
        <Alert color="yellow">This link has expired or was already used. Ask for a new one.</Alert>
      )}
      <Text size="sm">Enter your email and we send you a link to set a new password.</Text>
      <AuthForm
        action={requestReset}
        submitLabel="Send the link"
        fields={[{ name: 'email', label: 'Email', autoComplete: 'email' }]}
      />
      <TextLink href="/sign-in" size="sm" ta="center">
        Back to sign in
      </TextLink>
    </Stack>
  );
}
