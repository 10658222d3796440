import { demoPeople, seedDemo } from './system/seed-demo.ts';
import { readSettings } from './system/settings.ts';
import { type RunningSystem, startSystem } from './system/system.ts';

/** Starts the whole system and stays until it is told to stop; with `--watch`, for development. */
const development = process.argv.includes('--watch');
const say = (line: string) => process.stdout.write(`${line}\n`);
let system: RunningSystem | undefined;
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  say('\nStopping …');
  await system?.stop();
  say('Stopped. Your data is kept.');
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

try {
  const settings = readSettings(process.env);
  system = await startSystem({ settings, development, withWeb: true, say });
  if (system.at.embedded) await seedDemo(settings, system.at, say);
  say(summary(system, settings.DEVSPHERE_HOME));
} catch (error) {
  if (!stopping) {
    await system?.stop();
    process.stderr.write(`\n${(error as Error).message}\n`);
    process.exit(1);
  }
}

function summary({ at, agentUnavailable }: RunningSystem, home: string): string {
  const { owner, member, operator } = demoPeople;
  return [
    '',
    `DevSphere OS is ready: ${at.web}`,
    '',
    ...(at.embedded
      ? [
          `  Sign in as    ${owner.email}  /  ${owner.password}    (owner of Acme)`,
          `            or  ${member.email}  /  ${member.password}    (member)`,
          `            or  ${operator.email}  /  ${operator.password}    (operator: ${at.web}/operator)`,
        ]
      : []),
    `  API           ${at.api}/docs`,
    `  Claude        ${at.simulated ? 'simulated, because ANTHROPIC_API_KEY is not set; its answers are marked' : 'the real API: tasks cost money'}`,
    `  Supabase      ${at.embedded ? 'embedded' : at.supabase}`,
    ...(at.embedded ? [`  Mailbox       ${at.mailbox}`] : []),
    `  Agent         ${agentUnavailable ? `unavailable: ${agentUnavailable} Everything else works.` : 'ready'}`,
    `  Logs          ${home}/logs`,
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}
