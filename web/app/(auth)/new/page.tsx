import { listOrganizations } from '@devsphere/shared/queries/list-organizations.ts';
import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { TextLink } from '../../../components/links.tsx';
import { CreateOrganization } from '../../../components/settings/create-organization.tsx';
import { requirePerson } from '../../../lib/server/person.ts';
import { database } from '../../../lib/server/services.ts';

export const metadata: Metadata = { title: 'New organisation' };

export default async function NewOrganizationPage() {
  const person = await requirePerson();
  const [first] = await listOrganizations(database(), person);
  return (
    <Stack gap="lg">
      <Title order={1}>New organisation</Title>
      <Text size="sm">
        {first
          ? 'Its tasks, members and bill are its own. You will be its owner.'
          : 'You do not belong to any organisation right now. Create one, or open the link in an invitation.'}
      </Text>
      <CreateOrganization />
      {first && (
        <Text size="sm" ta="center">
          <TextLink href="/">Back to your tasks</TextLink>
        </Text>
      )}
    </Stack>
  );
}
