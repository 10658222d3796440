import type { StatusComponentId } from '@devsphere/shared/contracts/status.ts';
import type { Probe } from './probe.ts';

type HttpProbeOptions = {
  component: StatusComponentId;
  url: string;
  method?: 'GET' | 'HEAD';
  /** Any answer but a server's failure will do: we only want to know that somebody is there. */
  anyAnswer?: boolean;
};

/** Asks a component over HTTP whether it is well. */
export function httpProbe({
  component,
  url,
  method = 'GET',
  anyAnswer = false,
}: HttpProbeOptions): Probe {
  return {
    component,
    look: async (signal) => {
      const response = await fetch(url, { method, signal, redirect: 'manual' });
      await response.body?.cancel();
      if (response.ok || (anyAnswer && response.status < 500))
        return { state: 'operational', detail: 'Answers.' };
      return response.status >= 500
        ? { state: 'outage', detail: 'Answers that it is not able to work.' }
        : { state: 'degraded', detail: 'Answers otherwise than expected.' };
    },
  };
}
