import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { MessageRequest } from './stream-message.ts';

/** Characters of English a token holds, about. */
export const charactersPerToken = 4;

/** Tokens a call may need at most, about: all of what is sent, and the longest answer allowed. */
export function mostTokens({ system, messages, max_tokens }: MessageRequest): number {
  const sent = JSON.stringify([system ?? '', messages]).length;
  return Math.ceil(sent / charactersPerToken) + max_tokens;
}

/** Tokens of a call that count towards limits: what was read from the cache does not (Anthropic API, "Rate limits"). */
export function countedTokens({ inputTokens, cacheWriteTokens, outputTokens }: TaskUsage): number {
  return inputTokens + cacheWriteTokens + outputTokens;
}
