import { Alert, Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { BrandMark } from '../../components/brand-mark.tsx';
import { ColorSchemeMenu } from '../../components/color-scheme-menu.tsx';
import { TextLink } from '../../components/links.tsx';
import { RefreshRegularly } from '../../components/operator/refresh-regularly.tsx';
import { ComponentRow } from '../../components/status/component-row.tsx';
import { IncidentCard } from '../../components/status/incident-card.tsx';
import classes from '../../components/status/status.module.css';
import { platformStatus } from '../../lib/server/status.ts';
import { verdictColors } from '../../lib/status-labels.ts';

export const metadata: Metadata = {
  title: 'Status',
  robots: { index: true },
  alternates: { types: { 'application/atom+xml': '/status/feed.xml' } },
};

export default async function StatusPage() {
  const { verdict, at, components, openIncidents, pastIncidents } = await platformStatus();
  const color = verdictColors[verdict.level];
  return (
    <Container component="main" size="md" py="lg">
      <RefreshRegularly seconds={10} />
      <Stack gap="lg">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <BrandMark size={28} />
            <Title order={1}>DevSphere OS status</Title>
          </Group>
          <ColorSchemeMenu />
        </Group>
        <Alert
          color={color}
          title={verdict.title}
          role="status"
          data-testid="platform-verdict"
          data-level={verdict.level}
          styles={{
            title: { color: `var(--mantine-color-${color}-light-color)`, fontSize: '1.1rem' },
          }}
        />
        {openIncidents.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} />
        ))}
        <Paper withBorder component="ul" className={classes.list} aria-label="Components">
          {components.map((component) => (
            <ComponentRow key={component.id} component={component} now={Date.parse(at)} />
          ))}
        </Paper>
        <Text size="sm" c="dimmed">
          Every bar is a day (UTC) of real probes; grey means that there are none. Also as{' '}
          <TextLink href="/status.json" inherit underline="always">
            JSON
          </TextLink>
          ,{' '}
          <TextLink href="/status/feed.xml" inherit underline="always">
            Atom feed
          </TextLink>{' '}
          and{' '}
          <TextLink href="/status/badge.svg" inherit underline="always">
            badge
          </TextLink>
          .
        </Text>
        <Stack gap="sm" component="section" aria-label="Past incidents">
          <Title order={2}>Past incidents</Title>
          {pastIncidents.length === 0 && <Text c="dimmed">None.</Text>}
          {pastIncidents.map((incident) => (
            <IncidentCard key={incident.id} incident={incident} />
          ))}
        </Stack>
      </Stack>
    </Container>
  );
}
