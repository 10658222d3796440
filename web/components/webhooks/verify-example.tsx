import { CopyableCode } from '../api-keys/copyable-code.tsx';
import { SettingsCard } from '../settings/settings-card.tsx';

const example = `import { Webhook } from 'standardwebhooks';

// Throws unless the message is ours and recent. Use the body as it arrived.
const message = new Webhook(process.env.WEBHOOK_SECRET).verify(body, headers);`;

/** How a receiver tells our messages from others'. */
export function VerifyExample() {
  return (
    <SettingsCard
      title="Taking messages"
      text="Messages follow Standard Webhooks: the headers webhook-id, webhook-timestamp and webhook-signature. Answer with a 2xx status within 10 seconds. Whatever else you answer, the message comes again for about a day, under the same webhook-id: keep the ids you have seen."
    >
      <CopyableCode label="Check the signature" text={example} />
    </SettingsCard>
  );
}
