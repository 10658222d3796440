import { countSeats } from '@devsphere/shared/queries/count-seats.ts';
import { getConcurrencyOverride } from '@devsphere/shared/queries/get-concurrency-override.ts';
import { listPlans } from '@devsphere/shared/queries/list-plans.ts';
import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHead } from '../../../../components/page-head.tsx';
import { PlanCard } from '../../../../components/settings/plan-card.tsx';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';
import { database } from '../../../../lib/server/services.ts';

export const metadata: Metadata = { title: 'Plan' };

export default async function PlanPage({ params }: PageProps<OrganizationParams>) {
  const { person, organization } = await requirePermission((await params).org, 'organization.read');
  const [plans, seatsTaken, concurrency] = await Promise.all([
    listPlans(database(), person),
    countSeats(database(), person, organization.orgId),
    getConcurrencyOverride(database(), person, organization.orgId),
  ]);
  return (
    <Stack gap="md">
      <PageHead title="Plan" />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        {plans.map((plan) => (
          <PlanCard
            key={plan.plan}
            plan={plan}
            seatsTaken={plan.plan === organization.plan ? seatsTaken : null}
            concurrency={plan.plan === organization.plan ? concurrency : null}
          />
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        Limits hold where things are made: nothing that exists is taken away. For another plan, ask
        the operators of this system.
      </Text>
    </Stack>
  );
}
