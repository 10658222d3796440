import type { UsageReport } from '@devsphere/shared/contracts/http/usage.ts';
import {
  Group,
  Progress,
  Table,
  TableTbody,
  TableTd,
  TableTh,
  TableThead,
  TableTr,
  Text,
} from '@mantine/core';
import { formatCost, formatTokens } from '../../lib/format.ts';
import { kindTitle } from '../../lib/server/kinds.ts';
import { type UsageView, usagePath } from '../../lib/usage-path.ts';
import { LinkButton } from '../links.tsx';

const dimensions: ReadonlyArray<[UsageView['by'], string]> = [
  ['kind', 'Kind'],
  ['person', 'Person'],
  ['model', 'Model'],
];
const programs = '00000000-0000-0000-0000-000000000000';

/** Usage by one dimension, dearest first. */
export function UsageTable({
  org,
  view,
  report,
}: {
  org: string;
  view: UsageView;
  report: UsageReport;
}) {
  const most = report.rows[0]?.costNanoUsd ?? 0;
  return (
    <div>
      <Group gap="xs" mb="sm" component="nav" aria-label="Add up by">
        {dimensions.map(([by, label]) => (
          <LinkButton
            key={by}
            href={usagePath(org, { ...view, by })}
            size="xs"
            variant={by === view.by ? 'light' : 'default'}
            aria-current={by === view.by ? 'true' : undefined}
          >
            By {label.toLowerCase()}
          </LinkButton>
        ))}
      </Group>
      {report.rows.length === 0 ? (
        <Text c="dimmed" py="lg" ta="center">
          Nothing was spent in these days.
        </Text>
      ) : (
        <Table>
          <TableThead>
            <TableTr>
              <TableTh scope="col">{dimensions.find(([by]) => by === view.by)?.[1]}</TableTh>
              <TableTh scope="col">Calls</TableTh>
              <TableTh scope="col" visibleFrom="xs">
                Tokens in
              </TableTh>
              <TableTh scope="col" visibleFrom="xs">
                Tokens out
              </TableTh>
              <TableTh scope="col">Cost</TableTh>
            </TableTr>
          </TableThead>
          <TableTbody>
            {report.rows.map((row) => (
              <TableTr key={row.key}>
                <TableTh scope="row">{nameOf(view.by, row)}</TableTh>
                <TableTd>{row.calls}</TableTd>
                <TableTd visibleFrom="xs">
                  {formatTokens(row.inputTokens + row.cacheReadTokens + row.cacheWriteTokens)}
                </TableTd>
                <TableTd visibleFrom="xs">{formatTokens(row.outputTokens)}</TableTd>
                <TableTd>
                  {formatCost(row.costNanoUsd)}
                  <Progress
                    value={most > 0 ? (row.costNanoUsd / most) * 100 : 0}
                    size="xs"
                    aria-hidden
                  />
                </TableTd>
              </TableTr>
            ))}
          </TableTbody>
        </Table>
      )}
    </div>
  );
}

function nameOf(by: UsageView['by'], { key, name }: UsageReport['rows'][number]): string {
  if (by === 'kind') return kindTitle(key);
  if (by === 'person') return key === programs ? 'Programs' : (name ?? 'Somebody who has left');
  return key;
}
