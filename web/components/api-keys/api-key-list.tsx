import { Badge, Code, Group, Paper, Text } from '@mantine/core';
import type { ListedApiKey } from '../../lib/server/api-keys.ts';
import { TimeAgo } from '../time-ago.tsx';
import { ApiKeyActions } from './api-key-actions.tsx';
import { ApiKeyStateBadge } from './api-key-state-badge.tsx';
import classes from './api-keys.module.css';

type ApiKeyListProps = { org: string; apiUrl: string; apiKeys: ListedApiKey[] };

/** A page of keys: who made each, what it may do, when it was used, until when it works. */
export function ApiKeyList({ org, apiUrl, apiKeys }: ApiKeyListProps) {
  return (
    <Paper withBorder className={classes.frame}>
      <ul className={classes.list} aria-label="API keys">
        {apiKeys.map((key) => (
          <li key={key.id} className={classes.row}>
            <div className={classes.what}>
              <Group gap="xs">
                <Text fw={550} component="h2" size="sm" className={classes.name}>
                  {key.name}
                </Text>
                <ApiKeyStateBadge apiKey={key} />
              </Group>
              <Code>{key.prefix}…</Code>
              <Group gap={4}>
                {key.scopes.map((scope) => (
                  <Badge key={scope} variant="default" tt="none" fw={500} radius="sm">
                    {scope}
                  </Badge>
                ))}
              </Group>
              <Text size="xs" c="dimmed" component="p">
                Made <TimeAgo at={key.createdAt} /> by {key.createdByName ?? 'a former member'} ·{' '}
                {key.lastUsedAt ? (
                  <>
                    last used <TimeAgo at={key.lastUsedAt} />
                  </>
                ) : (
                  'never used'
                )}
                <Until apiKey={key} />
              </Text>
            </div>
            {(key.state === 'live' || key.state === 'replaced') && (
              <ApiKeyActions
                org={org}
                apiUrl={apiUrl}
                apiKeyId={key.id}
                name={key.name}
                canRotate={key.state === 'live' && key.replacedBy === null}
              />
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Until({ apiKey }: { apiKey: ListedApiKey }) {
  if (apiKey.revokedAt)
    return (
      <>
        {' '}
        · revoked <TimeAgo at={apiKey.revokedAt} />
      </>
    );
  if (apiKey.overlapEndsAt)
    return (
      <>
        {' '}
        · replaced, {apiKey.state === 'live' ? 'works until' : 'ended'}{' '}
        <TimeAgo at={apiKey.overlapEndsAt} />
      </>
    );
  if (!apiKey.expiresAt) return ' · never expires';
  return (
    <>
      {' '}
      · {apiKey.state === 'expired' ? 'expired' : 'expires'} <TimeAgo at={apiKey.expiresAt} />
    </>
  );
}
