import { Box, Center, Container, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { BrandMark } from '../../components/brand-mark.tsx';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <Center component="main" mih="100dvh" py="xl">
      <Container size={440} w="100%">
        <Group justify="center" gap="xs" mb="lg">
          <BrandMark size={32} />
          <Text fw={650} size="lg">
            DevSphere OS
          </Text>
        </Group>
        <Paper withBorder p={{ base: 'lg', xs: 'xl' }} radius="lg">
          {children}
        </Paper>
        <Box ta="center" mt="md">
          <Text size="sm" c="dimmed">
            Long AI work, watched live and kept.
          </Text>
        </Box>
      </Container>
    </Center>
  );
}
