import type { SealingKey } from '../crypto/sealing-keys.ts';
import type { CommandContext } from './command-context.ts';

/** What outgoing messages and integrations are configured with where commands run. */
export type OutgoingSettings = {
  /** Seals secrets; what was sealed can't be opened here. */
  sealingKey: SealingKey;
  /** Whether http and addresses inside are taken: for tests and trying out, never where strangers are. */
  allowPrivateAddresses: boolean;
};

/** Who commands, and with what, when secrets or addresses are given. */
export type OutgoingContext = CommandContext & { outgoing: OutgoingSettings };
