import { z } from 'zod';

export const exportStates = ['queued', 'ready', 'failed', 'expired'] as const;

/** How long the file of an export is kept. */
export const exportDays = 7;

const timestamp = z.iso.datetime();

export const organizationExport = z
  .object({
    id: z.uuid(),
    state: z.enum(exportStates),
    requestedBy: z.uuid(),
    bytes: z.int().nullable(),
    rows: z.int().nullable(),
    error: z.string().nullable(),
    createdAt: timestamp,
    finishedAt: timestamp.nullable(),
    expiresAt: timestamp.nullable(),
  })
  .meta({ id: 'Export' });

export const exportPage = z
  .object({
    exports: z.array(organizationExport),
    nextCursor: z
      .uuid()
      .nullable()
      .meta({ description: 'Pass as `before` for older ones; null at the end.' }),
  })
  .meta({ id: 'ExportPage' });

export const listExportsQuery = z.strictObject({
  before: z.uuid().optional().meta({ description: 'Exports older than this id.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export type OrganizationExport = z.output<typeof organizationExport>;
export type ExportPage = z.output<typeof exportPage>;
export type ListExportsQuery = z.output<typeof listExportsQuery>;
