import type Anthropic from '@anthropic-ai/sdk';
import { APIError } from '@anthropic-ai/sdk';
import type { Dispatcher } from 'undici';
import { post } from '../outgoing/post.ts';
import type { OpenIntegration } from './read-integration.ts';

/** Whether an integration works; `again` when that could not be found out now. */
export type Verdict = { broken: string | null } | { again: string };

export type CheckDependencies = {
  /** The platform's own client, for its address and settings. */
  claude: Anthropic;
  /** Reaches only where strangers may send us. */
  agent: Dispatcher;
};

const answerMilliseconds = 10_000;
const greeting = 'DevSphere OS can write here. This is the test message somebody asked for.';

/** Looks whether an integration works, as cheaply as it can be done. Never rejects. */
export async function checkIntegration(
  deps: CheckDependencies,
  integration: OpenIntegration,
): Promise<Verdict> {
  return integration.kind === 'anthropic'
    ? checkKey(deps.claude, integration.secret())
    : say(deps.agent, integration.secret(), greeting);
}

async function checkKey(claude: Anthropic, apiKey: string): Promise<Verdict> {
  try {
    // Costs nothing.
    await claude.withOptions({ apiKey, timeout: answerMilliseconds }).models.list({ limit: 1 });
    return { broken: null };
  } catch (error) {
    const status = error instanceof APIError ? error.status : undefined;
    if (status === 401 || status === 403)
      return { broken: 'Anthropic does not accept this key. Connect another one.' };
    return { again: 'Anthropic could not be reached to look at this key.' };
  }
}

/** Writes a text into a chat. A refusal that asking again would not change means that it is broken. */
export async function say(agent: Dispatcher, url: string, text: string): Promise<Verdict> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'DevSphere-Webhooks/1' };
  const { status, error } = await post(agent, url, headers, JSON.stringify({ text }));
  if (error === null) return { broken: null };
  const temporary = status === null || status >= 500 || status === 429 || status === 408;
  // What was not sent because of where it would have gone will not be sent later either.
  return temporary && !error.includes('nothing was sent') ? { again: error } : { broken: error };
}
