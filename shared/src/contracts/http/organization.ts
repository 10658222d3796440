import { z } from 'zod';
import { memberRoles } from '../../access/permissions.ts';
import { isReservedSlug } from '../../access/reserved-slugs.ts';

const name = z
  .string()
  .trim()
  .min(1, 'Give it a name')
  .max(120)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
  .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), 'Use one line without control characters');

const slug = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/,
    'Use 1 to 48 lower-case letters, digits and hyphens, beginning and ending with a letter or digit',
  )
  .refine((text) => !isReservedSlug(text), 'This address is taken. Choose another.')
  .meta({ description: 'In addresses.', examples: ['acme'] });

export const createOrganizationBody = z
  .strictObject({ name, slug })
  .meta({ id: 'CreateOrganization' });

export const editOrganizationBody = z
  .strictObject({ name: name.optional(), slug: slug.optional() })
  .meta({ id: 'EditOrganization' });

export const deleteOrganizationBody = z
  .strictObject({
    slug: z.string().max(100).meta({ description: 'Its address, to confirm.' }),
  })
  .meta({ id: 'DeleteOrganization' });

export const organization = z
  .object({
    orgId: z.uuid(),
    slug: z.string(),
    name: z.string(),
    plan: z.string(),
    role: z.enum(memberRoles).meta({ description: "The caller's." }),
  })
  .meta({ id: 'Organization' });

export const organizationList = z
  .object({ organizations: z.array(organization) })
  .meta({ id: 'OrganizationList' });

export type Organization = z.output<typeof organization>;
export type CreateOrganizationBody = z.output<typeof createOrganizationBody>;
export type EditOrganizationBody = z.output<typeof editOrganizationBody>;
