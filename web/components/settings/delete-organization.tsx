'use client';

import { Group } from '@mantine/core';
import { deleteOrganizationAction } from '../../app/[org]/settings/data/actions.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { SettingsCard } from './settings-card.tsx';

/** The end of an organisation, for its owner. */
export function DeleteOrganization({ name, slug }: { name: string; slug: string }) {
  return (
    <SettingsCard
      title="Delete"
      text="Everybody loses access at once, API keys and schedules stop, and everything the organisation owns is removed. Make an export first if you may need it."
    >
      <Group>
        <ConfirmButton
          color="red"
          variant="light"
          label="Delete this organisation"
          question={`Delete ${name}?`}
          explanation="Its tasks, results, files, schedules, keys and audit log are removed. This can’t be undone."
          confirm="Delete for ever"
          typed={slug}
          action={(typed) => deleteOrganizationAction(slug, typed)}
        />
      </Group>
    </SettingsCard>
  );
}
