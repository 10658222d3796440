'use client';

import { createOrganizationAction } from '../../app/(auth)/new/actions.ts';
import { OrganizationForm } from './organization-form.tsx';

/** The form of a new organisation. */
export function CreateOrganization() {
  return (
    <OrganizationForm
      initial={{ name: '', slug: '' }}
      submitLabel="Create organisation"
      save={createOrganizationAction}
      suggestSlug
    />
  );
}
