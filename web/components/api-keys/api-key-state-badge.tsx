import type { ApiKeySummary } from '@devsphere/shared/contracts/http/api-key.ts';
import { Badge } from '@mantine/core';

const labels = {
  live: { label: 'Works', color: 'green' },
  replaced: { label: 'Replaced', color: 'gray' },
  expired: { label: 'Expired', color: 'gray' },
  revoked: { label: 'Revoked', color: 'red' },
} as const;

/** Whether a key works; one that was replaced but still does is said to be ending. */
export function ApiKeyStateBadge({
  apiKey: { state, replacedBy },
}: {
  apiKey: Pick<ApiKeySummary, 'state' | 'replacedBy'>;
}) {
  const { label, color } =
    state === 'live' && replacedBy ? { label: 'Ending', color: 'yellow' } : labels[state];
  return (
    <Badge color={color} variant="light" tt="none" fw={600} radius="sm" data-state={state}>
      {label}
    </Badge>
  );
}
