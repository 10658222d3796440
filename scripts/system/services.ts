import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceOptions } from './service.ts';
import { type Addresses, root, type Settings } from './settings.ts';

export type ServiceName = 'supabase' | 'simulator' | 'api' | 'worker' | 'agent' | 'web';
type Definition = Omit<ServiceOptions, 'logFile' | 'onSpawn' | 'onCrash'> & {
  /** Folders whose changes restart it in development. */
  watch: string[];
};

const node = join(root, 'node_modules', '.bin', 'node');
const typescript = (file: string) => [
  node,
  '--disable-warning=ExperimentalWarning',
  join(root, file),
];

/** How each process of the system is started, told to be ready, and stopped. */
export function defineServices(
  settings: Settings,
  at: Addresses,
  development: boolean,
): Record<ServiceName, Definition> {
  const { secrets, LOG_LEVEL } = settings;
  const claude = {
    url: settings.ANTHROPIC_BASE_URL ?? (at.simulated ? at.simulator : 'https://api.anthropic.com'),
    key: settings.ANTHROPIC_API_KEY ?? 'simulated',
    // The simulator takes any that looks like one.
    adminKey: settings.ANTHROPIC_ADMIN_KEY ?? (at.simulated ? 'sk-ant-admin-simulated' : undefined),
  };
  // The embedded Supabase sends none either, so its mails are always there.
  const mailbox = at.embedded ? join(settings.DEVSPHERE_HOME, 'mailbox') : undefined;
  const supabaseForServers = {
    SUPABASE_URL: at.supabase,
    SUPABASE_JWT_SECRET: at.jwtSecret,
    DATABASE_URL: at.appDatabase,
    LOG_LEVEL,
  };
  const forCommands = {
    SECRETS_PUBLIC_KEY: settings.sealing.publicKey,
    WEBHOOK_ALLOW_PRIVATE: settings.WEBHOOK_ALLOW_PRIVATE,
  };
  return {
    supabase: {
      name: 'supabase',
      command: typescript('supabase/embedded/main.ts'),
      cwd: root,
      env: {
        LITE_TELEMETRY: '0',
        EMBEDDED_HOME: settings.DEVSPHERE_HOME,
        EMBEDDED_DB_PORT: String(settings.DB_PORT),
        EMBEDDED_PORT: String(settings.SUPABASE_PORT),
        EMBEDDED_ADMIN_PASSWORD: secrets.admin,
        EMBEDDED_OWNER_PASSWORD: secrets.owner,
        EMBEDDED_JWT_SECRET: secrets.jwt,
        EMBEDDED_PUBLISHABLE_KEY: at.publishableKey,
        EMBEDDED_SITE_URL: at.web,
      },
      readyUrl: null,
      readyWithinSeconds: 60,
      stopWithinSeconds: 20,
      watch: [],
    },
    simulator: {
      name: 'simulator',
      command: typescript('simulator/src/main.ts'),
      cwd: root,
      env: {
        SIMULATOR_PORT: String(settings.SIMULATOR_PORT),
        SIMULATOR_LOG: join(settings.DEVSPHERE_HOME, 'simulator-calls.jsonl'),
        SIMULATOR_CONTROL_TOKEN: secrets.control,
      },
      readyUrl: `${at.simulator}/_control/health`,
      readyWithinSeconds: 20,
      stopWithinSeconds: 6,
      watch: ['simulator/src'],
    },
    api: {
      name: 'api',
      command: typescript('api/src/main.ts'),
      cwd: root,
      env: {
        ...supabaseForServers,
        ...forCommands,
        API_PORT: String(settings.API_PORT),
        SUPABASE_PUBLISHABLE_KEY: at.publishableKey,
      },
      readyUrl: `${at.api}/readyz`,
      readyWithinSeconds: 30,
      stopWithinSeconds: 10,
      watch: ['api/src', 'shared/src'],
    },
    worker: {
      name: 'worker',
      command: typescript('worker/src/main.ts'),
      cwd: root,
      env: {
        DATABASE_URL: at.appDatabase,
        ANTHROPIC_BASE_URL: claude.url,
        ANTHROPIC_API_KEY: claude.key,
        ANTHROPIC_ADMIN_KEY: claude.adminKey,
        SECRETS_PRIVATE_KEYS: settings.sealing.privateKeys,
        WEBHOOK_ALLOW_PRIVATE: settings.WEBHOOK_ALLOW_PRIVATE,
        AGENT_URL: at.agent,
        AGENT_SERVICE_TOKEN: secrets.agent,
        SUPABASE_URL: at.supabase,
        SUPABASE_PUBLISHABLE_KEY: at.publishableKey,
        SUPABASE_JWT_SECRET: at.jwtSecret,
        SMTP_URL: settings.SMTP_URL,
        MAIL_FROM: settings.MAIL_FROM,
        MAILBOX_DIR: mailbox,
        LINK_SECRET: secrets.links,
        PUBLIC_URL: at.web,
        WORKER_GRACE_SECONDS: '3',
        WEB_URL: at.web,
        API_URL: at.api,
        LOG_LEVEL,
      },
      readyUrl: null,
      readyWithinSeconds: 30,
      stopWithinSeconds: 15,
      watch: ['worker/src', 'shared/src'],
    },
    agent: {
      name: 'agent',
      command: [join(settings.AGENT_VENV, 'bin', 'python'), '-m', 'agent_service'],
      cwd: join(root, 'agent-service'),
      env: {
        AGENT_SERVICE_TOKEN: secrets.agent,
        AGENT_ANTHROPIC_BASE_URL: claude.url,
        AGENT_ANTHROPIC_API_KEY: claude.key,
        AGENT_PORT: String(settings.AGENT_PORT),
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUNBUFFERED: '1',
      },
      readyUrl: `${at.agent}/health`,
      readyWithinSeconds: 30,
      stopWithinSeconds: 12,
      watch: ['agent-service/agent_service'],
    },
    web: {
      name: 'web',
      command: [
        node,
        join(root, 'node_modules', 'next', 'dist', 'bin', 'next'),
        development ? 'dev' : 'start',
        '--port',
        String(settings.WEB_PORT),
      ],
      cwd: join(root, 'web'),
      env: {
        ...supabaseForServers,
        ...forCommands,
        NEXT_TELEMETRY_DISABLED: '1',
        SUPABASE_PUBLISHABLE_KEY: at.publishableKey,
        API_URL: at.api,
        WEB_URL: at.web,
        ADDRESS_LIMIT_FACTOR: settings.ADDRESS_LIMIT_FACTOR,
        // Hides the buttons of the raw queue view, which would be refused anyway.
        PGBOSS_DASHBOARD_READ_ONLY: '1',
        LINK_SECRET: secrets.links,
        MAILBOX_HINT: at.embedded
          ? 'This system sends no mail: read it in the mailbox whose address npm start printed.'
          : undefined,
        MAILBOX_DIR: mailbox,
        MAILBOX_KEY: secrets.mailbox,
      },
      readyUrl: `${at.web}/api/health`,
      readyWithinSeconds: 90,
      stopWithinSeconds: 8,
      // next dev watches by itself
      watch: [],
    },
  };
}

/** Why the agent service can't run on this machine; undefined when it can. The bootstrap leaves the reason. */
export function agentUnavailable({ AGENT_VENV }: Settings): string | undefined {
  const reason = join(AGENT_VENV, '..', 'agent-unavailable');
  if (existsSync(reason)) return readFileSync(reason, 'utf8').trim();
  return existsSync(join(AGENT_VENV, 'installed'))
    ? undefined
    : 'Its Python packages are not installed.';
}
