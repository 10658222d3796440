import { Alert, Stack } from '@mantine/core';
import type { OrganizationNotices } from '../../lib/server/notices.ts';
import { TextLink } from '../links.tsx';

const integrationNames: Record<string, string> = {
  anthropic: 'Your own Anthropic key',
  slack: 'The chat integration',
};

/** What broke by itself, on every page until somebody mends it. */
export function Notices({ org, notices }: { org: string; notices: OrganizationNotices }) {
  if (notices.length === 0) return null;
  return (
    <Stack gap="xs" mb="md" component="section" aria-label="Notices">
      {notices.map(({ kind, id, name, reason }) =>
        kind === 'webhook' ? (
          <Alert key={id} color="orange" p="sm">
            The webhook {name} was disabled after repeated failure.{' '}
            <TextLink c="inherit" size="sm" href={`/${org}/settings/webhooks/${id}`}>
              See why
            </TextLink>
          </Alert>
        ) : (
          <Alert key={id} color="orange" p="sm">
            {integrationNames[name] ?? name} no longer works: {reason}{' '}
            <TextLink c="inherit" size="sm" href={`/${org}/settings/integrations`}>
              Repair it
            </TextLink>
          </Alert>
        ),
      )}
    </Stack>
  );
}
