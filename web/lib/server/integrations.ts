import 'server-only';
import type { Integration, IntegrationKind } from '@devsphere/shared/contracts/http/integration.ts';
import { listIntegrations } from '@devsphere/shared/queries/integrations/list-integrations.ts';
import type { OrganizationScope } from './organization.ts';
import { database } from './services.ts';

export type IntegrationsPageData = Record<IntegrationKind, Integration | null> & {
  /** Whether a worker is about to say how one of them fares. */
  beingChecked: boolean;
};

/** What an organisation connected. */
export async function loadIntegrations({
  person,
  organization,
}: OrganizationScope): Promise<IntegrationsPageData> {
  const { integrations } = await listIntegrations(database(), person, organization.orgId);
  const of = (kind: IntegrationKind) => integrations.find((each) => each.kind === kind) ?? null;
  return {
    anthropic: of('anthropic'),
    slack: of('slack'),
    beingChecked: integrations.some(
      ({ checkedAt, updatedAt }) => checkedAt === null || checkedAt < updatedAt,
    ),
  };
}
