import { Group, Paper, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Metadata } from 'next';
import classes from '../../../../components/audit/audit.module.css';
import { AuditEntryRow } from '../../../../components/audit/audit-entry.tsx';
import { AuditFilters } from '../../../../components/audit/audit-filters.tsx';
import { DownloadButton } from '../../../../components/download-button.tsx';
import { ListPager } from '../../../../components/list-pager.tsx';
import { PageHead } from '../../../../components/page-head.tsx';
import { auditPath } from '../../../../lib/audit-path.ts';
import type { OrganizationParams, PageProps } from '../../../../lib/page-props.ts';
import { loadAuditPage } from '../../../../lib/server/audit.ts';
import { requirePermission } from '../../../../lib/server/organization.ts';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'audit.read');
  const query = await searchParams;
  const { entries, nextCursor, filters, actors, names } = await loadAuditPage(scope, query);
  const org = scope.organization.slug;
  const icon = <IconDownload size={16} aria-hidden />;
  return (
    <Stack gap="md">
      <PageHead title="Audit log">
        <Group gap="xs">
          {(['csv', 'jsonl'] as const).map((format) => (
            <DownloadButton
              key={format}
              href={auditPath(org, filters, { format }, '/export')}
              leftSection={icon}
            >
              {format.toUpperCase()}
            </DownloadButton>
          ))}
        </Group>
      </PageHead>
      <Text c="dimmed" size="sm">
        Who did what, from where, and what it changed. Nobody can alter or delete an entry.
      </Text>
      <AuditFilters org={org} filters={filters} actors={actors} />
      {entries.length > 0 ? (
        <Paper withBorder>
          <ul className={classes.list} aria-label="Audit log">
            {entries.map((entry) => (
              <AuditEntryRow
                key={entry.id}
                org={org}
                entry={entry}
                targetName={names.get(entry.targetId) ?? null}
                filters={filters}
              />
            ))}
          </ul>
        </Paper>
      ) : (
        <Text c="dimmed" py="xl" ta="center">
          Nothing fits these filters.
        </Text>
      )}
      <ListPager
        shown={entries.length}
        newerHref={query.before ? auditPath(org, filters) : null}
        olderHref={nextCursor && auditPath(org, filters, { before: nextCursor })}
      />
    </Stack>
  );
}
