import 'server-only';
import type { PlatformStatus, StatusVerdict } from '@devsphere/shared/contracts/status.ts';
import { readStatus } from '@devsphere/shared/queries/status/read-status.ts';
import { database, log } from './services.ts';

/** Many visitors share one reading; the page is this much behind at most. */
const cacheMilliseconds = 2_000;

const shared = globalThis as {
  devsphereStatus?: { until: number; status: Promise<PlatformStatus> };
};

/** How the platform fares. */
export function platformStatus(): Promise<PlatformStatus> {
  if (!shared.devsphereStatus || shared.devsphereStatus.until < Date.now()) {
    const status = readStatus(database());
    shared.devsphereStatus = { until: Date.now() + cacheMilliseconds, status };
    status.catch(forgetStatus);
  }
  return shared.devsphereStatus.status;
}

/** Makes the next reading a new one. */
export function forgetStatus(): void {
  delete shared.devsphereStatus;
}

/** The platform in one sentence, for frames and badges: never an error, and never well when it can't be read. */
export async function platformVerdict(): Promise<StatusVerdict> {
  try {
    return (await platformStatus()).verdict;
  } catch (error) {
    log().error({ err: error }, 'the status could not be read');
    return { level: 'unknown', title: 'Status unknown' };
  }
}
