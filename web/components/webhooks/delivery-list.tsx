import type { WebhookDelivery } from '@devsphere/shared/contracts/http/webhook.ts';
import { Paper, Text } from '@mantine/core';
import Link from 'next/link';
import { TimeAgo } from '../time-ago.tsx';
import { DeliveryBadge } from './webhook-badges.tsx';
import classes from './webhooks.module.css';

type DeliveryListProps = { path: string; deliveries: WebhookDelivery[] };

/** What was sent to a webhook, newest first; `path` is the webhook's page. */
export function DeliveryList({ path, deliveries }: DeliveryListProps) {
  if (deliveries.length === 0)
    return (
      <Text c="dimmed" py="lg" ta="center">
        Nothing was sent yet. Send a test to see whether your receiver takes it.
      </Text>
    );
  return (
    <Paper withBorder className={classes.frame}>
      <ul className={classes.list} aria-label="Messages">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className={classes.row}>
            <div className={classes.main}>
              <Link href={`${path}/${delivery.id}`} className={classes.link}>
                {delivery.event}
              </Link>
              <Text size="xs" c="dimmed" component="p">
                {attempts(delivery.attempts)}
                {delivery.nextAttemptAt && (
                  <>
                    {' '}
                    · next <TimeAgo at={delivery.nextAttemptAt} />
                  </>
                )}
              </Text>
            </div>
            <DeliveryBadge delivery={delivery} />
            <Text size="sm" c="dimmed" className={classes.moment}>
              <TimeAgo at={delivery.createdAt} />
            </Text>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function attempts(count: number): string {
  if (count === 0) return 'Not tried yet';
  return count === 1 ? '1 attempt' : `${count} attempts`;
}
