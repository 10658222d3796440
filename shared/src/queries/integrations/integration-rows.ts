import type { Selectable } from 'kysely';
import type { Integration } from '../../contracts/http/integration.ts';
import type { Integrations } from '../../db/schema.generated.ts';

/** Columns of an integration without its sealed secret, which people may not even read sealed. */
export const integrationColumns = [
  'id',
  'org_id',
  'kind',
  'state',
  'state_reason',
  'hint',
  'events',
  'connected_by',
  'checked_at',
  'updated_at',
] as const satisfies Array<keyof Integrations>;

export type IntegrationRow = Pick<Selectable<Integrations>, (typeof integrationColumns)[number]>;

export function toIntegration(row: IntegrationRow): Integration {
  return {
    id: row.id,
    orgId: row.org_id,
    kind: row.kind as Integration['kind'],
    state: row.state as Integration['state'],
    stateReason: row.state_reason,
    hint: row.hint,
    events: row.events,
    connectedBy: row.connected_by,
    checkedAt: row.checked_at?.toISOString() ?? null,
    updatedAt: row.updated_at.toISOString(),
  };
}
