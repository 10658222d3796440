import type { OperatorAction } from '@devsphere/shared/audit-actions.ts';
import { isId } from '@devsphere/shared/ids.ts';
import { listOperatorActions } from '@devsphere/shared/queries/operator/list-operator-actions.ts';
import { Paper, Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { LinkButton } from '../../../components/links.tsx';
import classes from '../../../components/operator/console.module.css';
import { PageHead } from '../../../components/page-head.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { requireOperator } from '../../../lib/server/operator.ts';
import { database } from '../../../lib/server/services.ts';

export const metadata: Metadata = { title: 'Action log' };

const pageSize = 50;
const words: Record<OperatorAction, string> = {
  'task.retried': 'retried task',
  'task.cancelled': 'cancelled task',
  'queue.paused': 'paused',
  'queue.resumed': 'resumed',
  'dead_letters.redriven': 'redrove',
  'organization.plan_changed': 'set the plan',
  'organization.concurrency_set': 'set the tasks at once to',
  'organization.concurrency_lifted': 'lifted the override to',
  'incident.opened': 'opened incident',
  'incident.updated': 'updated incident',
  'provider.limits_set': 'set the limits of Claude for',
};

export default async function OperatorLogPage({ searchParams }: PageProps) {
  const { operator } = await requireOperator();
  const { before } = await searchParams;
  const { actions, next } = await listOperatorActions(database(), operator, {
    before: typeof before === 'string' && isId(before) ? before : null,
    limit: pageSize,
  });
  return (
    <Stack gap="md">
      <PageHead title="Action log" />
      {actions.length === 0 ? (
        <Text c="dimmed">No operator has done anything yet.</Text>
      ) : (
        <Paper withBorder component="ul" className={classes.list} aria-label="Operator actions">
          {actions.map(({ id, by, action, target, organization, reason, at }) => (
            <li key={id} className={classes.row}>
              <div className={classes.main}>
                <Text>
                  <b>{by}</b> {words[action]} {target}
                  {organization && ` of ${organization}`}
                </Text>
                <Text size="sm" c="dimmed">
                  “{reason}”
                </Text>
              </div>
              <Text size="sm" c="dimmed">
                <TimeAgo at={at} />
              </Text>
            </li>
          ))}
        </Paper>
      )}
      {next && (
        <LinkButton href={`/operator/log?before=${next}`} variant="default">
          Older
        </LinkButton>
      )}
    </Stack>
  );
}
