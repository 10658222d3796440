import {
  type DeadLetter,
  previewRedrive,
} from '@devsphere/shared/queries/operator/preview-redrive.ts';
import { queueNamed } from '@devsphere/shared/queue/queues.ts';
import { Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { ChoiceLinks } from '../../../components/operator/choice-links.tsx';
import classes from '../../../components/operator/console.module.css';
import { ReasonButton } from '../../../components/operator/reason-button.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { taskQueueNames } from '../../../lib/server/job-query.ts';
import { kindTitle } from '../../../lib/server/kinds.ts';
import { requireOperator } from '../../../lib/server/operator.ts';
import { database } from '../../../lib/server/services.ts';
import { redriveAction } from '../actions.ts';

export const metadata: Metadata = { title: 'Dead letters' };

export default async function DeadLettersPage({ searchParams }: PageProps) {
  const { operator } = await requireOperator();
  const { queue: asked } = await searchParams;
  const queue = taskQueueNames.find((name) => name === asked) ?? taskQueueNames[0] ?? '';
  const { redrivable, left, more, digest } = await previewRedrive(
    database(),
    operator,
    queueNamed(queue)?.deadLetter ?? '',
  );
  const tasks = `${redrivable.length} ${redrivable.length === 1 ? 'task' : 'tasks'}`;
  return (
    <Stack gap="md">
      <PageHead title="Dead letters">
        {redrivable.length > 0 && (
          <ReasonButton
            label={`Redrive ${tasks}`}
            size="sm"
            variant="filled"
            question={`Redrive ${tasks}?`}
            confirm={`Redrive ${tasks}`}
            explanation={`Exactly the tasks listed here go back to ${queue} with all their attempts. If anything has changed since this page was made, nothing is done.`}
            action={redriveAction.bind(null, { queue, digest })}
          />
        )}
      </PageHead>
      <Text c="dimmed">Tasks that failed for good. Redriving puts them back into their queue.</Text>
      {taskQueueNames.length > 1 && (
        <ChoiceLinks
          label="Queues"
          choices={taskQueueNames.map((name) => ({
            href: `/operator/dead-letters?queue=${name}`,
            label: name,
            chosen: name === queue,
          }))}
        />
      )}
      {redrivable.length > 0 ? (
        <Letters label="Would be redriven" letters={redrivable} />
      ) : (
        <Text>Nothing to redrive in {queue}.</Text>
      )}
      {more && <Text c="dimmed">There are more; they follow once these are redriven.</Text>}
      {left.length > 0 && (
        <Stack gap="xs">
          <Title order={2}>Would stay</Title>
          <Text size="sm" c="dimmed">
            Their task is gone, can’t be read, or is on its way already.
          </Text>
          <Letters label="Would stay" letters={left} />
        </Stack>
      )}
    </Stack>
  );
}

function Letters({ label, letters }: { label: string; letters: DeadLetter[] }) {
  return (
    <Paper withBorder component="ul" className={classes.list} aria-label={label}>
      {letters.map(({ id, deadSince, task }) => (
        <li key={id} className={classes.row}>
          <div className={classes.main}>
            <Group gap="xs">
              <Text fw={550}>{task ? kindTitle(task.kind) : 'No task'}</Text>
              {task?.errorCode && <Code>{task.errorCode}</Code>}
            </Group>
            <Text size="sm" c="dimmed">
              {task && `${task.organization.name} (${task.organization.slug}), ${task.state}, `}
              {task && `attempt ${task.attempt} of ${task.maxAttempts}, `}
              dead <TimeAgo at={deadSince.toISOString()} />
            </Text>
          </div>
        </li>
      ))}
    </Paper>
  );
}
