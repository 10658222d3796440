import { Group, Stack, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { AuthForm } from '../../../components/auth-form.tsx';
import { TextLink } from '../../../components/links.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { safeNextPath } from '../../../lib/safe-next-path.ts';
import { signIn } from '../actions.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps) {
  const next = safeNextPath((await searchParams).next);
  return (
    <Stack gap="lg">
      <Title order={1}>Sign in</Title>
      <AuthForm
        action={signIn}
        submitLabel="Sign in"
        hidden={{ next }}
        fields={[
          { name: 'email', label: 'Email', autoComplete: 'email' },
          { name: 'password', label: 'Password', autoComplete: 'current-password' },
        ]}
      />
      <Group justify="space-between">
        <TextLink
          href={next === '/' ? '/sign-up' : `/sign-up?${new URLSearchParams({ next })}`}
          size="sm"
        >
          Create an account
        </TextLink>
        <TextLink href="/reset" size="sm">
          Forgot your password?
        </TextLink>
      </Group>
    </Stack>
  );
}
