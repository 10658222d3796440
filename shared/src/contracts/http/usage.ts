import { z } from 'zod';

/** The longest range that can be asked for at once. */
export const longestUsageDays = 366;
const day = z.iso.date();

/** What usage can be added up by. */
export const usageDimensions = ['day', 'person', 'kind', 'model'] as const;
export type UsageDimension = (typeof usageDimensions)[number];

const range = {
  from: day
    .optional()
    .meta({ description: 'First day (UTC); the first of this month by default.' }),
  to: day.optional().meta({ description: 'Last day (UTC); today by default.' }),
};

export const usageQuery = z.strictObject({ ...range, by: z.enum(usageDimensions).default('day') });
export const usageExportQuery = z.strictObject(range);

const totals = {
  calls: z.int(),
  inputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  outputTokens: z.int(),
  costNanoUsd: z.int().meta({ description: 'Nano-dollars: a thousand millionth of a dollar.' }),
};

export const usageReport = z
  .object({
    from: day,
    to: day,
    by: z.enum(usageDimensions),
    total: z.object(totals),
    rows: z.array(
      z.object({
        key: z.string().meta({
          description: 'The day, kind or model; the id of the person, all zeros for programs.',
        }),
        name: z
          .string()
          .nullable()
          .meta({ description: 'Name of the person; null for who has left, and for the rest.' }),
        ...totals,
      }),
    ),
  })
  .meta({ id: 'UsageReport' });

export const setBudgetBody = z
  .strictObject({
    monthlyLimitNanoUsd: z
      .int('Give a whole number of nano-dollars')
      .min(0, 'A budget cannot be negative')
      .meta({
        description: 'Nano-dollars a calendar month (UTC); at most what the plan includes.',
      }),
    alertPercents: z
      .array(z.int().min(1).max(100))
      .max(5, 'At most five thresholds')
      .default([50, 80, 100])
      .meta({ description: 'Of the limit: crossing one sends `budget.alert` once a month.' }),
  })
  .meta({ id: 'SetBudget' });

export const budget = z
  .object({
    monthlyLimitNanoUsd: z.int(),
    planLimitNanoUsd: z.int(),
    spentNanoUsd: z.int().meta({ description: 'This month, to this moment.' }),
    reservedNanoUsd: z.int().meta({ description: 'What open tasks may still cost.' }),
    alertPercents: z.array(z.int()),
  })
  .meta({ id: 'Budget' });

export type UsageQuery = z.output<typeof usageQuery>;
export type UsageExportQuery = z.output<typeof usageExportQuery>;
export type UsageReport = z.output<typeof usageReport>;
export type UsageTotals = UsageReport['total'];
export type SetBudgetBody = z.output<typeof setBudgetBody>;
export type Budget = z.output<typeof budget>;
