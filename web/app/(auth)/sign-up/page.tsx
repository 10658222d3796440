import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { AuthForm } from '../../../components/auth-form.tsx';
import { TextLink } from '../../../components/links.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { safeNextPath } from '../../../lib/safe-next-path.ts';
import { minimumPasswordLength } from '../../../lib/server/auth-forms.ts';
import { signUp } from '../actions.ts';

export const metadata: Metadata = { title: 'Create account' };

export default async function SignUpPage({ searchParams }: PageProps) {
  const { next: wanted, email } = await searchParams;
  const next = safeNextPath(wanted);
  return (
    <Stack gap="lg">
      <Title order={1}>Create your account</Title>
      <AuthForm
        action={signUp}
        submitLabel="Create account"
        hidden={{ next }}
        initial={typeof email === 'string' ? { email: email.slice(0, 254) } : {}}
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
        Already have an account?{' '}
        <TextLink href={next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`}>
          Sign in
        </TextLink>
      </Text>
    </Stack>
  );
}
