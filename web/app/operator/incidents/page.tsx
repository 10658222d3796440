import { Paper, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { IncidentForm } from '../../../components/operator/incident-form.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { IncidentCard } from '../../../components/status/incident-card.tsx';
import { requireOperator } from '../../../lib/server/operator.ts';
import { platformStatus } from '../../../lib/server/status.ts';

export const metadata: Metadata = { title: 'Incidents' };

export default async function IncidentsPage() {
  await requireOperator();
  const { openIncidents, pastIncidents } = await platformStatus();
  return (
    <Stack gap="lg">
      <PageHead title="Incidents" />
      <Text c="dimmed">
        What you write here is public at once, on the status page and in its feed.
      </Text>
      <Paper withBorder p="md" component="section" aria-label="New incident">
        <Title order={2} mb="sm">
          Tell of an incident
        </Title>
        <IncidentForm incidentId={null} />
      </Paper>
      {openIncidents.map((incident) => (
        <IncidentCard key={incident.id} incident={incident}>
          <IncidentForm key={incident.updates.length} incidentId={incident.id} />
        </IncidentCard>
      ))}
      {pastIncidents.length > 0 && <Title order={2}>Past incidents</Title>}
      {pastIncidents.map((incident) => (
        <IncidentCard key={incident.id} incident={incident} />
      ))}
    </Stack>
  );
}
