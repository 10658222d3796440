'use client';

import '@mantine/charts/styles.css';
import type { UsageReport } from '@devsphere/shared/contracts/http/usage.ts';
import { BarChart } from '@mantine/charts';
import { Text, VisuallyHidden } from '@mantine/core';
import { formatCost } from '../../lib/format.ts';

const dayMilliseconds = 86_400_000;
const nanoUsdPerUsd = 1_000_000_000;

/** Money by day, days without any included; the same as a table for who can't see it. */
export function UsageChart({ report }: { report: UsageReport }) {
  const costs = new Map(report.rows.map(({ key, costNanoUsd }) => [key, costNanoUsd]));
  const days = (Date.parse(report.to) - Date.parse(report.from)) / dayMilliseconds + 1;
  const data = Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.parse(report.from) + index * dayMilliseconds)
      .toISOString()
      .slice(0, 10);
    return { day: day.slice(5), Spent: (costs.get(day) ?? 0) / nanoUsdPerUsd };
  });
  return (
    <div>
      <Text size="sm" c="dimmed" mb="xs">
        {formatCost(report.total.costNanoUsd)} in {report.total.calls} calls, {report.from} to{' '}
        {report.to} (UTC)
      </Text>
      <div aria-hidden>
        <BarChart
          h={220}
          data={data}
          dataKey="day"
          series={[{ name: 'Spent', color: 'blue.6' }]}
          valueFormatter={(dollars) => formatCost(Math.round(dollars * nanoUsdPerUsd))}
          barProps={{ isAnimationActive: false }}
          // Hidden, it must not be reached by keyboard either.
          barChartProps={{ accessibilityLayer: false }}
          withTooltip
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>Spending by day</caption>
          <tbody>
            {report.rows.map(({ key, costNanoUsd }) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td>{formatCost(costNanoUsd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </div>
  );
}
