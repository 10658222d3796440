import { z } from 'zod';

export const pauseOrganizationBody = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: 'Shown to everybody in the organisation.' }),
  })
  .meta({ id: 'PauseOrganization' });

export const organizationPause = z
  .object({
    paused: z.boolean(),
    pausedAt: z.iso.datetime().nullable(),
    pausedBy: z.uuid().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'OrganizationPause' });

export type OrganizationPause = z.output<typeof organizationPause>;
