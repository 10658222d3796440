import type { Fault, FaultEndpoint } from './fault.ts';

/** What a fault can be matched against. */
export interface CallFacts {
  readonly endpoint: FaultEndpoint;
  readonly model?: string | undefined;
  readonly body?: string | undefined;
  readonly stream?: boolean | undefined;
}

/** Faults waiting for their calls, in the order in which they were queued. */
export class FaultQueue {
  #waiting: Fault[] = [];

  /** Adds a fault behind those already waiting. */
  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  /** Takes one use of the first fault that matches, or undefined when the call should go well. */
  take(call: CallFacts): Fault | undefined {
    const fault = this.#waiting.find((waiting) => matches(waiting, call));
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== fault);
    return fault;
  }

  /** What is still waiting; `times` is what is left. */
  list(): readonly Fault[] {
    return this.#waiting;
  }

  /** Forgets every waiting fault, and says how many there were. */
  clear(): number {
    const count = this.#waiting.length;
    this.#waiting = [];
    return count;
  }
}

function matches({ match }: Fault, call: CallFacts): boolean {
  return (
    (match.endpoint ?? 'messages') === call.endpoint &&
    (match.model === undefined || match.model === call.model) &&
    (match.stream === undefined || match.stream === (call.stream ?? false)) &&
    (match.contains === undefined || (call.body ?? '').includes(match.contains))
  );
}
