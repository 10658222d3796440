'use client';

import type { Integration } from '@devsphere/shared/contracts/http/integration.ts';
import { connectAnthropicAction } from '../../app/[org]/settings/integrations/actions.ts';
import { SettingsCard } from '../settings/settings-card.tsx';
import { Connected } from './connected.tsx';
import { SecretForm } from './secret-form.tsx';

type AnthropicCardProps = { org: string; integration: Integration | null };

/** The organisation's own Anthropic key. */
export function AnthropicCard({ org, integration }: AnthropicCardProps) {
  return (
    <SettingsCard
      title="Anthropic key"
      text="With a key of your own, Anthropic bills you for your Claude calls. SEO briefs and articles are still made with the platform’s key, because the agent makes those calls itself."
    >
      {integration && (
        <Connected
          org={org}
          integration={integration}
          testLabel="Check the key"
          afterwards="The key is deleted here, and the platform’s key makes your calls again. It stays valid at Anthropic until you revoke it there."
        />
      )}
      <SecretForm
        label={integration ? 'Another key' : 'Key'}
        description="Sealed as it is saved: only a worker that calls Claude can open it, and only its last four characters are shown again."
        placeholder="sk-ant-…"
        field="key"
        submitLabel={integration ? 'Replace the key' : 'Connect'}
        action={(key) => connectAnthropicAction({ org, key })}
      />
    </SettingsCard>
  );
}
