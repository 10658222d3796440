import { listJobs } from '@devsphere/shared/queries/operator/list-jobs.ts';
import { Paper, Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { LinkButton } from '../../../components/links.tsx';
import { ChoiceLinks } from '../../../components/operator/choice-links.tsx';
import classes from '../../../components/operator/console.module.css';
import { JobRow } from '../../../components/operator/job-row.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import {
  type JobGroup,
  jobGroups,
  jobsPath,
  queueNames,
  readJobQuery,
} from '../../../lib/server/job-query.ts';
import { requireOperator } from '../../../lib/server/operator.ts';
import { database } from '../../../lib/server/services.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default async function OperatorJobsPage({ searchParams }: PageProps) {
  const { operator } = await requireOperator();
  const query = readJobQuery(await searchParams);
  const { jobs, next } = await listJobs(database(), operator, query);
  return (
    <Stack gap="md">
      <PageHead title="Jobs" />
      {queueNames.length > 1 && (
        <ChoiceLinks
          label="Queues"
          choices={queueNames.map((name) => ({
            href: jobsPath(name, query.group),
            label: name,
            chosen: name === query.queue,
          }))}
        />
      )}
      <ChoiceLinks
        label="States"
        choices={Object.entries(jobGroups).map(([group, { label }]) => ({
          href: jobsPath(query.queue, group as JobGroup),
          label,
          chosen: group === query.group,
        }))}
      />
      {jobs.length === 0 ? (
        <Text c="dimmed">
          {query.before ? 'No older jobs.' : `No job of ${query.queue} is ${query.group} now.`}
        </Text>
      ) : (
        <Paper withBorder component="ul" className={classes.list} aria-label="Jobs">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} queue={query.queue} />
          ))}
        </Paper>
      )}
      {next && (
        <LinkButton href={jobsPath(query.queue, query.group, next)} variant="default">
          Older
        </LinkButton>
      )}
    </Stack>
  );
}
