import type Anthropic from '@anthropic-ai/sdk';
import type { Logger } from '@devsphere/shared/log.ts';
import type { Agent } from './agent/agent-client.ts';
import type { Apart } from './apart/fork-apart.ts';
import type { Handlers } from './handlers/handlers.ts';
import type { MailOptions } from './mail/send-queued-mail.ts';
import type { OutgoingOptions } from './outgoing/outgoing-fetchers.ts';
import type { ArtifactStore } from './storage/artifact-store.ts';
import type { FileStore } from './storage/file-store.ts';
import type { ProbedAddresses } from './upkeep/probes/probe-list.ts';
import type { UsageReport } from './upkeep/reconciliation/usage-report.ts';

export type WorkerOptions = {
  databaseUrl: string;
  claude: Anthropic;
  claudeIdleSeconds: number;
  agent: Agent | null;
  artifactStore: ArtifactStore | null;
  /** Null without a storage: what has files waits. */
  files?: FileStore | null;
  /** Null without a mail server: mails wait. */
  mail?: MailOptions | null;
  /** What links that answer approvals are derived from; without it none are made. */
  linkSecret?: string | null;
  outgoing: OutgoingOptions;
  /** What makes the outputs of tasks; the product's own unless told otherwise. */
  handlers?: Handlers;
  /** Where jobs run that were lost again and again; without it, here. */
  apart?: Apart | null;
  concurrency: number;
  /** Shown in attempts and in the instance registry. */
  name: string;
  /** What the status probes ask over HTTP. */
  probed?: ProbedAddresses;
  /** What the model's provider counted; without it, calls of unknown outcome stay so. */
  usageReport?: UsageReport | null;
  log: Logger;
};
