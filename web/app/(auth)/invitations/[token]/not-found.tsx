import { Stack, Text, Title } from '@mantine/core';
import { LinkButton } from '../../../../components/links.tsx';

export default function NoSuchInvitation() {
  return (
    <Stack gap="lg">
      <Title order={1}>This link is not valid</Title>
      <Text size="sm">
        It may be cut off, or a newer mail has replaced it: the link in the latest mail is the one
        that works. Otherwise ask whoever invited you to send it again.
      </Text>
      <LinkButton href="/" variant="default">
        Go to your tasks
      </LinkButton>
    </Stack>
  );
}
