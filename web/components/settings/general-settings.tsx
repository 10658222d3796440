'use client';

import { Group } from '@mantine/core';
import {
  editOrganizationAction,
  leaveOrganizationAction,
} from '../../app/[org]/settings/general/actions.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { OrganizationForm } from './organization-form.tsx';
import { SettingsCard } from './settings-card.tsx';

/** The form of an organisation's name and address. */
export function EditOrganization({ name, slug }: { name: string; slug: string }) {
  return (
    <OrganizationForm
      key={slug}
      initial={{ name, slug }}
      submitLabel="Save"
      save={(fields) => editOrganizationAction(slug, fields)}
    />
  );
}

/** The way out for oneself. */
export function LeaveOrganization({ name, slug }: { name: string; slug: string }) {
  return (
    <SettingsCard
      title="Leave"
      text="You lose access at once. What you made stays, and somebody can invite you again."
    >
      <Group>
        <ConfirmButton
          label="Leave this organisation"
          question={`Leave ${name}?`}
          explanation="You will no longer see its tasks, schedules and results."
          confirm="Leave"
          action={() => leaveOrganizationAction(slug)}
        />
      </Group>
    </SettingsCard>
  );
}
