import type { SampleState, StatusComponentId } from '@devsphere/shared/contracts/status.ts';

/** What a probe saw; `detail` is a sentence for everybody, so it names no address and quotes no error. */
export type Finding = { state: SampleState; detail: string };

/** Looks at one component. May throw or outlast its deadline: both count as an outage. */
export type Probe = {
  component: StatusComponentId;
  look: (signal: AbortSignal) => Promise<Finding>;
};
