/** Asked anew after this: whoever stopped listening costs no more than that. */
const knownMilliseconds = 10_000;
const remembered = 10_000;

/** Organisations of which somebody was told lately: their ends are settled apart, since messages are born with them. */
export class Listeners {
  readonly #until = new Map<string, number>();

  has(orgId: string): boolean {
    return (this.#until.get(orgId) ?? 0) > performance.now();
  }

  add(orgId: string): void {
    if (this.#until.size >= remembered) this.#until.clear();
    this.#until.set(orgId, performance.now() + knownMilliseconds);
  }
}
