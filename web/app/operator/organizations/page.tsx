import { listPlans } from '@devsphere/shared/queries/list-plans.ts';
import { listAllOrganizations } from '@devsphere/shared/queries/operator/list-all-organizations.ts';
import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import type { Metadata } from 'next';
import { LinkButton } from '../../../components/links.tsx';
import classes from '../../../components/operator/console.module.css';
import { OrganizationRow } from '../../../components/operator/organization-row.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import type { PageProps } from '../../../lib/page-props.ts';
import { requireOperator } from '../../../lib/server/operator.ts';
import { database } from '../../../lib/server/services.ts';

export const metadata: Metadata = { title: 'Organisations' };

const pageSize = 50;
const longestSlug = 60;
const wordOf = (value: unknown) =>
  typeof value === 'string' && value.trim() !== ''
    ? value.trim().toLowerCase().slice(0, longestSlug)
    : null;

export default async function OperatorOrganizationsPage({ searchParams }: PageProps) {
  const { operator } = await requireOperator();
  const query = await searchParams;
  const beginning = wordOf(query.q);
  const [{ organizations, next }, plans] = await Promise.all([
    listAllOrganizations(database(), operator, {
      beginning,
      after: wordOf(query.after),
      limit: pageSize,
    }),
    listPlans(database(), operator),
  ]);
  const older = new URLSearchParams({ ...(beginning ? { q: beginning } : {}), after: next ?? '' });
  return (
    <Stack gap="md">
      <PageHead title="Organisations" />
      <Text c="dimmed">
        Who has which plan, and what holds instead of it. What they work on is not shown here.
      </Text>
      <form action="/operator/organizations">
        <Group gap="sm" align="end">
          <TextInput
            label="Address begins with"
            name="q"
            defaultValue={beginning ?? ''}
            maxLength={longestSlug}
          />
          <Button type="submit" variant="default">
            Find
          </Button>
        </Group>
      </form>
      {organizations.length === 0 ? (
        <Text c="dimmed">
          {beginning ? `No address begins with “${beginning}”.` : 'There is no organisation yet.'}
        </Text>
      ) : (
        <Paper withBorder component="ul" className={classes.list} aria-label="Organisations">
          {organizations.map((organization) => (
            <OrganizationRow key={organization.orgId} organization={organization} plans={plans} />
          ))}
        </Paper>
      )}
      {next && (
        <LinkButton href={`/operator/organizations?${older}`} variant="default">
          More
        </LinkButton>
      )}
    </Stack>
  );
}
