import { roleMay } from '@devsphere/shared/access/permissions.ts';
import { Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { DownloadButton } from '../../../components/download-button.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { SettingsCard } from '../../../components/settings/settings-card.tsx';
import { BudgetForm } from '../../../components/usage/budget-form.tsx';
import { BudgetState } from '../../../components/usage/budget-state.tsx';
import { UsageChart } from '../../../components/usage/usage-chart.tsx';
import { UsageRange } from '../../../components/usage/usage-range.tsx';
import { UsageTable } from '../../../components/usage/usage-table.tsx';
import type { OrganizationParams, PageProps } from '../../../lib/page-props.ts';
import { requirePermission } from '../../../lib/server/organization.ts';
import { loadUsage } from '../../../lib/server/usage.ts';
import { usagePath } from '../../../lib/usage-path.ts';

export const metadata: Metadata = { title: 'Usage' };

export default async function UsagePage({ params, searchParams }: PageProps<OrganizationParams>) {
  const scope = await requirePermission((await params).org, 'usage.read');
  const { budget, days, parts, view } = await loadUsage(scope, await searchParams);
  const { slug, role } = scope.organization;
  const shown = { ...view, from: days.from, to: days.to };
  return (
    <Stack gap="md">
      <PageHead title="Usage">
        <DownloadButton
          href={usagePath(slug, shown, '/export')}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          CSV
        </DownloadButton>
      </PageHead>
      <SettingsCard title="Budget of this month">
        <BudgetState budget={budget} />
        {roleMay(role, 'budgets.manage') && <BudgetForm org={slug} budget={budget} />}
      </SettingsCard>
      <SettingsCard title="Spending by day">
        <UsageRange org={slug} view={shown} />
        <UsageChart report={days} />
      </SettingsCard>
      <SettingsCard title="What it was spent on">
        <UsageTable org={slug} view={shown} report={parts} />
      </SettingsCard>
    </Stack>
  );
}
