import { createHash } from 'node:crypto';
import type { StopReason, Usage } from '../contract/message-reply.ts';

/** `completed`, `client_gone`, `fault:<kind>` or `error:<type>`. */
export type Outcome = 'completed' | 'client_gone' | `fault:${string}` | `error:${string}`;

/** One line of the call log: what the provider would put on the bill, and why. */
export interface CallEntry {
  request_id: string;
  message_id: string | null;
  received_at: string;
  ended_at: string;
  model: string | null;
  stream: boolean;
  batch: boolean;
  /** Set for batch items only. */
  batch_id?: string;
  custom_id?: string;
  key_hash: string | null;
  /** How the list of API keys shows the key; null for batch items, and for calls logged before it was kept. */
  key_hint?: string | null;
  metadata: { user_id: string | null };
  /** The whole usage, as the client would have seen it; null when nothing was processed. */
  usage: Usage | null;
  stop_reason: StopReason | null;
  outcome: Outcome;
  billed: boolean;
  body_sha256: string;
  /** Markers of tests, `canary-` and 128 bits, that were in the body: whose words it had. */
  canaries: string[];
}

/** The id under which reports and lists name a key, made of its hash. */
export const apiKeyId = (keyHash: string) => `apikey_sim_${keyHash}`;

/** Each marker in a body, once. */
export const canariesIn = (body: string): string[] => [
  ...new Set(body.match(/canary-[0-9a-f]{32}/g)),
];

/** SHA-256 of a request body, by which a caller can find its lost call. */
export function hashBody(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
