import type { WebhookEndpoint } from '@devsphere/shared/contracts/http/webhook.ts';
import { Paper, Text } from '@mantine/core';
import Link from 'next/link';
import { TimeAgo } from '../time-ago.tsx';
import { EndpointBadge } from './webhook-badges.tsx';
import classes from './webhooks.module.css';

/** The webhooks of an organisation. */
export function WebhookList({ org, endpoints }: { org: string; endpoints: WebhookEndpoint[] }) {
  return (
    <Paper withBorder className={classes.frame}>
      <ul className={classes.list} aria-label="Webhooks">
        {endpoints.map((endpoint) => (
          <li key={endpoint.id} className={classes.row}>
            <div className={classes.main}>
              <Link href={`/${org}/settings/webhooks/${endpoint.id}`} className={classes.link}>
                {endpoint.url}
              </Link>
              <Text size="xs" c="dimmed" component="p">
                {endpoint.description && `${endpoint.description} · `}
                {endpoint.events.join(', ')}
              </Text>
            </div>
            <EndpointBadge endpoint={endpoint} />
            <Text size="sm" c="dimmed" className={classes.moment}>
              {endpoint.lastSuccessAt ? (
                <TimeAgo at={endpoint.lastSuccessAt} />
              ) : (
                'Nothing taken yet'
              )}
            </Text>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
