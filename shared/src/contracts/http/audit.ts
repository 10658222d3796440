import { z } from 'zod';
import { auditActions } from '../../audit-actions.ts';

/** Who can act: a person, a program with a key, a task, the system by itself, an operator of the platform. */
export const actorTypes = ['person', 'api_key', 'task', 'system', 'operator'] as const;

const facts = z.record(z.string(), z.unknown()).nullable();
const timestamp = z.iso.datetime();

export const auditEntry = z
  .object({
    id: z.uuid(),
    at: timestamp,
    actorType: z.enum(actorTypes),
    actorId: z.uuid().nullable(),
    actorName: z.string().nullable().meta({
      description: 'Name of the person or the API key; null for others, and for who has left.',
    }),
    action: z.string().meta({ examples: ['task.submitted'] }),
    targetType: z.string(),
    targetId: z.uuid(),
    detail: z.record(z.string(), z.unknown()),
    before: facts.meta({ description: 'The fields that changed, as they were.' }),
    after: facts.meta({ description: 'The same fields as they became.' }),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

const filters = {
  actor: z.uuid().optional().meta({ description: 'Id of the person, key or task that acted.' }),
  action: z.enum(auditActions).optional(),
  targetType: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  target: z.uuid().optional().meta({ description: 'Id of what was acted upon.' }),
  from: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'Entries of this moment and later.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Entries before this.' }),
};

export const listAuditQuery = z.strictObject({
  ...filters,
  before: z
    .uuid()
    .optional()
    .meta({ description: 'Entries older than this id: the `nextCursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const exportFormats = ['csv', 'jsonl'] as const;
export const exportAuditQuery = z.strictObject({
  ...filters,
  format: z.enum(exportFormats).default('csv'),
});

export const auditPage = z
  .object({ entries: z.array(auditEntry), nextCursor: z.uuid().nullable() })
  .meta({ id: 'AuditPage' });

export type AuditEntry = z.output<typeof auditEntry>;
export type AuditPage = z.output<typeof auditPage>;
export type ListAuditQuery = z.output<typeof listAuditQuery>;
export type ExportAuditQuery = z.output<typeof exportAuditQuery>;
export type AuditFilters = Omit<ExportAuditQuery, 'format'>;
export type ExportFormat = (typeof exportFormats)[number];
