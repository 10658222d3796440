'use client';

import type { MemberRole } from '@devsphere/shared/access/permissions.ts';
import { Alert, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState, useTransition } from 'react';
import { inviteMemberAction } from '../../app/[org]/settings/members/actions.ts';
import { useReady } from '../../lib/browser/use-ready.ts';
import { roleOptions } from '../../lib/role-options.ts';
import type { SettingsAnswer } from '../../lib/settings-answer.ts';

type InviteFormProps = {
  org: string;
  roles: readonly MemberRole[];
  /** Where mails are that this system does not really send. */
  mailboxHint: string | null;
};

/** Asks for an address and a role, and says that the mail is on its way. */
export function InviteForm({ org, roles, mailboxHint }: InviteFormProps) {
  const ready = useReady();
  const [pending, startTransition] = useTransition();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<string>('member');
  const [invited, setInvited] = useState<string | null>(null);
  const [refused, setRefused] = useState<SettingsAnswer>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await inviteMemberAction(org, { email, role });
      setRefused(answer);
      setInvited(answer ? null : email);
      if (!answer) setEmail('');
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <TextInput
            label="Email"
            type="email"
            required
            withAsterisk={false}
            flex="1 1 14rem"
            maxLength={254}
            autoComplete="off"
            value={email}
            error={refused?.fields.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Select
            label="Role"
            w={130}
            allowDeselect={false}
            data={roleOptions(roles)}
            value={role}
            onChange={(value) => setRole(value ?? role)}
          />
          <Button type="submit" mt={25} loading={pending} disabled={!ready}>
            Invite
          </Button>
        </Group>
        {refused && !refused.fields.email && (
          <Alert color="red" role="alert">
            {refused.message}
          </Alert>
        )}
        {invited && (
          <Alert color="green" role="status">
            An invitation to {invited} is on its way. {mailboxHint}
          </Alert>
        )}
      </Stack>
    </form>
  );
}
