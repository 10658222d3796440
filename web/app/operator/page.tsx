import { listWorkers } from '@devsphere/shared/queries/operator/list-workers.ts';
import { providerOverview } from '@devsphere/shared/queries/operator/provider-overview.ts';
import { queueOverview } from '@devsphere/shared/queries/operator/queue-overview.ts';
import { Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { ProviderCard } from '../../components/operator/provider-card.tsx';
import { QueueCard } from '../../components/operator/queue-card.tsx';
import { RefreshRegularly } from '../../components/operator/refresh-regularly.tsx';
import { VerdictAlert } from '../../components/operator/verdict-alert.tsx';
import { WorkerList } from '../../components/operator/worker-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { operationsVerdict } from '../../lib/operations-verdict.ts';
import { requireOperator } from '../../lib/server/operator.ts';
import { boss, database } from '../../lib/server/services.ts';

export const metadata: Metadata = { title: 'Operations' };

export default async function OperatorPage() {
  const { operator } = await requireOperator();
  const queue = await boss();
  const [queues, workers, provider] = await Promise.all([
    queueOverview(database(), queue, operator),
    listWorkers(database(), queue, operator),
    providerOverview(database(), operator),
  ]);
  return (
    <Stack gap="lg">
      <PageHead title="Operations" />
      <RefreshRegularly seconds={3} />
      <VerdictAlert
        verdict={operationsVerdict(
          queues,
          workers.filter(({ live }) => live).length,
          workers.filter(({ trouble }) => trouble !== null).length,
        )}
      />
      <Stack gap="sm">
        <Title order={2}>Queues</Title>
        <Text size="sm" c="dimmed">
          Counts are of this moment; flow and times are of the last 15 minutes.
        </Text>
        {queues.map((overview) => (
          <QueueCard key={overview.queue} queue={overview} />
        ))}
      </Stack>
      <Stack gap="sm">
        <Title order={2}>Model provider</Title>
        <ProviderCard provider={provider} />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>Workers</Title>
        <WorkerList workers={workers} />
      </Stack>
    </Stack>
  );
}
