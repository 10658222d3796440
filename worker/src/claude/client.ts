import Anthropic from '@anthropic-ai/sdk';

/** A client whose retries are off (the runner retries, knowing what was paid) and whose deadline is ours. */
export function createClaudeClient({
  apiKey,
  baseUrl,
}: {
  apiKey: string;
  baseUrl: string;
}): Anthropic {
  return new Anthropic({
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: 600_000,
    logLevel: 'off',
  });
}
