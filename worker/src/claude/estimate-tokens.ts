import type { TaskUsage } from '@devsphere/shared/contracts/events/task-event.ts';
import type { MessageRequest } from './stream-message.ts';

/** Characters of English a token holds, about. */
export const charactersPerToken = 4;

/** Tokens of what is sent, about. */
export function promptTokens({ system, messages }: MessageRequest): number {
  return Math.ceil(JSON.stringify([system ?? '', messages]).length / charactersPerToken);
}

/** Tokens of a call that count towards limits: what was read from the cache does not (Anthropic API, "Rate limits"). */
export function countedTokens({ inputTokens, cacheWriteTokens, outputTokens }: TaskUsage): number {
  return inputTokens + cacheWriteTokens + outputTokens;
}
