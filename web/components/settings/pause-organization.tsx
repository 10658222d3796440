'use client';

import { Group } from '@mantine/core';
import { pauseOrganizationAction } from '../../app/[org]/pause-actions.ts';
import { ResumeButton } from '../notices/resume-button.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { SettingsCard } from './settings-card.tsx';

/** Holds the organisation's work, or lets it go on. */
export function PauseOrganization({ slug, paused }: { slug: string; paused: boolean }) {
  return (
    <SettingsCard
      title="Pause"
      text="Tasks are still taken, from people, programs and schedules, and wait. What runs now finishes."
    >
      <Group>
        {paused ? (
          <ResumeButton org={slug} />
        ) : (
          <ConfirmButton
            label="Pause all work"
            question="Pause all work of this organisation?"
            explanation="No task starts until somebody resumes it. Running tasks finish, new ones are taken and wait."
            confirm="Pause"
            note={{
              label: 'Reason',
              description: 'Optional. Everybody in the organisation sees it.',
              maxLength: 300,
            }}
            action={(reason) => pauseOrganizationAction(slug, reason)}
          />
        )}
      </Group>
    </SettingsCard>
  );
}
