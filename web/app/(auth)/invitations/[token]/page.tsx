import type { InvitationOfLink } from '@devsphere/shared/queries/find-invitation.ts';
import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { AcceptInvitation } from '../../../../components/invitations/accept-invitation.tsx';
import { InvitationOver } from '../../../../components/invitations/invitation-over.tsx';
import { NewcomerChoice } from '../../../../components/invitations/newcomer-choice.tsx';
import { WrongPerson } from '../../../../components/invitations/wrong-person.tsx';
import type { PageProps } from '../../../../lib/page-props.ts';
import { requireInvitation } from '../../../../lib/server/invitations.ts';
import { findPerson, type SignedInPerson } from '../../../../lib/server/person.ts';

// The address is a secret: nobody is told of it.
export const metadata: Metadata = {
  title: 'Invitation',
  referrer: 'no-referrer',
  robots: { index: false },
};

export default async function InvitationPage({ params }: PageProps<{ token: string }>) {
  const { token } = await params;
  const person = await findPerson();
  const invitation = await requireInvitation(person, token);
  return (
    <Stack gap="lg">
      <Title order={1}>Join {invitation.organizationName}</Title>
      <Text size="sm">
        {invitation.invitedByName ?? 'Somebody'} invited {invitation.email} as {invitation.role}.
      </Text>
      <WhatToDo token={token} invitation={invitation} person={person} />
    </Stack>
  );
}

type WhatToDoProps = {
  token: string;
  invitation: InvitationOfLink;
  person: SignedInPerson | null;
};

function WhatToDo({ token, invitation, person }: WhatToDoProps) {
  const { state, email, slug, acceptedByReader } = invitation;
  if (state !== 'pending')
    return <InvitationOver state={state} slug={acceptedByReader ? slug : null} />;
  const path = `/invitations/${token}`;
  if (!person) return <NewcomerChoice path={path} email={email} />;
  if (person.email.toLowerCase() !== email)
    return <WrongPerson path={path} signedInAs={person.email} />;
  return <AcceptInvitation token={token} />;
}
