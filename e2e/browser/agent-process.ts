import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { place } from './browser.ts';

/** Freezes or thaws the agent service of the system under test: a killed one would be started again at once. */
export function signalAgent(signal: 'SIGSTOP' | 'SIGCONT'): void {
  const lock = JSON.parse(readFileSync(join(place.home, 'lock.json'), 'utf8')) as {
    children: number[];
  };
  const agents = lock.children.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('agent_service');
    } catch {
      return false;
    }
  });
  if (agents.length === 0) throw new Error('the agent service is not running');
  for (const pid of agents) process.kill(pid, signal);
}
