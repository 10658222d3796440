import type Anthropic from '@anthropic-ai/sdk';
import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { asSeveral, asSystem, type Tx } from '@devsphere/shared/db/doors.ts';
import {
  type OpenIntegration,
  readIntegration,
  selectIntegration,
} from '../integrations/read-integration.ts';
import { failureOf } from '../runner/failures.ts';
import type { TaskFailure } from '../runner/outcome.ts';
import { BudgetWatch, type PlannedCall } from './budget-watch.ts';
import { promptTokens } from './estimate-tokens.ts';
import { accountOf, Payers, type PayingClient } from './payers.ts';
import { type Pass, type ProviderGate, platformAccount, type Verdict } from './provider-gate.ts';
import type { MessageRequest } from './stream-message.ts';

/** Leave to make one call: who pays it, and the pass of their account, to be given to the gate when the call has ended. */
export type Permit = PayingClient & { pass: Pass };

export type PermitOptions = {
  database: Database;
  /** Open what organisations sealed. */
  keys: readonly OpeningKey[];
  platform: Anthropic;
  gate: ProviderGate;
};

/**
 * What stands before every model call: the organisation's budget, whose key pays, and the gate of that account, asked in one
 * transaction. Looked up for each call, so that replacing or disconnecting a key takes effect with the next one.
 */
export class Permits {
  readonly #options: PermitOptions;
  readonly #payers: Payers;
  readonly #budgets = new BudgetWatch();

  constructor(options: PermitOptions) {
    this.#options = options;
    this.#payers = new Payers(options.database, options.platform);
  }

  /** Throws `budget_spent`, `provider_unavailable`, `provider_limit` or `own_key_refused`. */
  async ask(orgId: string, request: MessageRequest): Promise<Permit> {
    const { gate } = this.#options;
    const call = {
      model: request.model,
      inputTokens: promptTokens(request),
      outputTokens: request.max_tokens,
    };
    const tokens = tokensOf(call);
    const { own, verdict, isSpent } = await asSeveral(
      this.#options.database,
      { type: 'outgoing', orgId },
      async (tx) => {
        const read = selectIntegration(tx, this.#options.keys, { orgId, kind: 'anthropic' });
        tx.become({ type: 'system', reason: 'ask whether a call may be made' });
        const [integration, answer] = await Promise.all([
          read,
          this.#askPlatforms(tx, orgId, call),
        ]);
        return { own: integration, ...answer };
      },
    );
    const isPlatforms = accountOf(own) === platformAccount;
    if (isSpent || !isPlatforms) await gate.returnUnused(platformAccount, verdict, tokens);
    if (isSpent) await this.#stop(orgId);
    const payer = this.#payers.of(own);
    const pass = isPlatforms
      ? gate.passOf(platformAccount, tokens, verdict)
      : await gate.pass(payer.account, tokens);
    return { ...payer, pass };
  }

  /**
   * For a call that somebody else makes with the platform's key. Throws `budget_spent`, `provider_unavailable` or
   * `provider_limit`.
   */
  async askForOther(orgId: string, call: PlannedCall): Promise<Pass> {
    const { database, gate } = this.#options;
    const tokens = tokensOf(call);
    const { verdict, isSpent } = await asSystem(database, 'ask whether a call may be made', (tx) =>
      this.#askPlatforms(tx, orgId, call),
    );
    if (isSpent) {
      await gate.returnUnused(platformAccount, verdict, tokens);
      await this.#stop(orgId);
    }
    return gate.passOf(platformAccount, tokens, verdict);
  }

  /** Gives what asks, as the system, and ends the transaction with it. */
  async #askPlatforms(
    tx: Tx,
    orgId: string,
    call: PlannedCall,
  ): Promise<{ verdict: Verdict; isSpent: boolean }> {
    const asked = this.#options.gate.ask(tx, platformAccount, tokensOf(call));
    const spent = this.#budgets.isSpent(tx, orgId, call);
    tx.commitAlong();
    const [verdict, isSpent] = await Promise.all([asked, spent]);
    return { verdict, isSpent };
  }

  /** Why a call of the organisation would be refused now, as far as this process knows; undefined when it may be let through. */
  async closure(orgId: string): Promise<TaskFailure | undefined> {
    const { database, keys, gate } = this.#options;
    if (!gate.isAnyClosed) return undefined;
    const own: OpenIntegration | undefined = await readIntegration(database, keys, {
      orgId,
      kind: 'anthropic',
    });
    return gate.closure(accountOf(own));
  }

  /** Throws `budget_spent`: nothing more is started for the organisation, by any worker, until there is room again. */
  async #stop(orgId: string): Promise<never> {
    await asSystem(this.#options.database, 'note that a budget is spent', async (tx) => {
      await tx.query('insert into budget_stops (org_id) values ($1) on conflict do nothing', [
        orgId,
      ]);
      tx.announceAfterCommit('queues', orgId);
    });
    throw failureOf('budget_spent');
  }
}

const tokensOf = ({ inputTokens, outputTokens }: PlannedCall) => inputTokens + outputTokens;
