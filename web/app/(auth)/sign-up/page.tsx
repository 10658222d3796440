import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { AuthForm } from '../../../components/auth-form.tsx';
import { TextLink } from '../../../components/links.tsx';
import { minimumPasswordLength } from '../../../lib/server/auth-forms.ts';
import { signUp } from '../actions.ts';

export const metadata: Metadata = { title: 'Create account' };

export default function SignUpPage() {
  return (
    <Stack gap="lg">
      <Title order={1}>Create your account</Title>
      <AuthForm
        action={signUp}
        submitLabel="Create account"
        fields={[
          { name: 'displayName', label: 'Display name', autoComplete: 'name' },
          { name: 'email', label: 'Email', autoComplete: 'email' },
          {
            name: 'password',
            label: 'Password',
            description: `At least ${minimumPasswordLength} characters.`,
            autoComplete: 'new-password',
          },
        ]}
      />
      <Text size="sm" ta="center">
        Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
      </Text>
    </Stack>
  );
}
