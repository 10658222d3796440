import type { Database } from '@devsphere/shared/db/database.ts';
import { asSystem, type Tx } from '@devsphere/shared/db/doors.ts';
import type { Logger } from '@devsphere/shared/log.ts';
import { type FailureCode, failureOf } from '../runner/failures.ts';
import type { TaskFailure } from '../runner/outcome.ts';
import { CallWindow } from './call-window.ts';

/** Leave to make one call; to be given to `ended` when it has ended. */
export type Pass = {
  account: string;
  verdict: 'free' | 'counted' | 'probe';
  /** Tokens set aside for it. */
  reserved: number;
};

/** What became of a call, as far as its account is concerned. */
export type CallEnd =
  | { type: 'answered'; tokens: number }
  | { type: 'failed'; failure: TaskFailure }
  /** Stopped by us: says nothing about the provider. */
  | { type: 'stopped' };

/** What `app.pass_provider` says of a call. */
export type Verdict = {
  verdict: Pass['verdict'] | 'blocked' | 'open' | 'limit';
  wait_seconds: number;
};

export const platformAccount = 'platform';

/** What says that the provider as a whole is unwell, and not that one request was wrong. */
const unwell: ReadonlySet<string> = new Set<FailureCode>([
  'model_overloaded',
  'model_error',
  'model_unreachable',
  'model_connection_lost',
  'model_stalled',
]);

/** A breaker that opened tries again after a second, and after twice as long each time that fails, up to this. */
const longestPauseSeconds = 15;
/** Longer requests of the provider to wait are asked about again: a limit may be lifted early. */
const longestBlockSeconds = 30;
const blockWithoutHintSeconds = 5;

/**
 * Stands before every model call of every worker, with one state for each account in the database: its limits of requests
 * and tokens a minute, what the provider asked to wait, and a circuit breaker. Workers judge by what they see and tell the
 * others only when it changes: while all is well a call costs one reading and writes nothing.
 */
export class ProviderGate {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #windows = new Map<string, CallWindow>();
  readonly #closed = new Map<string, { until: number; code: FailureCode }>();

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Whether this process knows of an account that takes no calls now. */
  get isAnyClosed(): boolean {
    const now = performance.now();
    for (const [account, { until }] of this.#closed) {
      if (until <= now) this.#closed.delete(account);
    }
    return this.#closed.size > 0;
  }

  /** Why a call would be refused now, as far as this process knows; undefined when it may be let through. */
  closure(account: string): TaskFailure | undefined {
    const closed = this.#closed.get(account);
    const milliseconds = closed ? closed.until - performance.now() : 0;
    if (!closed || milliseconds <= 0) return undefined;
    return failureOf(closed.code, { retryAfterSeconds: spread(milliseconds / 1_000) });
  }

  /** Leave for a call of at most so many tokens. Throws `provider_unavailable` or `provider_limit` with the time to wait. */
  async pass(account: string, tokens: number): Promise<Pass> {
    const verdict = await asSystem(this.#database, 'ask whether a call may be made', (tx) => {
      const asked = this.ask(tx, account, tokens);
      tx.commitAlong();
      return asked;
    });
    return this.passOf(account, tokens, verdict);
  }

  /** Gives the statement that asks for leave, as the system; what it counts need not wait for the disk. */
  async ask(tx: Pick<Tx, 'query'>, account: string, tokens: number): Promise<Verdict> {
    const { rows } = await tx.query<Verdict & { set_config: string }>(
      `select verdict, wait_seconds, set_config('synchronous_commit', 'off', true) from app.pass_provider($1, $2)`,
      [account, tokens],
    );
    const [row] = rows;
    if (!row) throw new Error('no verdict on a call');
    return row;
  }

  /** The leave that a verdict gives. Throws what `pass` throws. */
  passOf(account: string, tokens: number, { verdict, wait_seconds: seconds }: Verdict): Pass {
    if (verdict === 'free' || verdict === 'counted' || verdict === 'probe')
      return { account, verdict, reserved: tokens };
    const code = verdict === 'open' ? 'provider_unavailable' : 'provider_limit';
    this.#close(account, seconds, code);
    throw failureOf(code, { cause: verdict, retryAfterSeconds: spread(seconds) });
  }

  /** Gives back the leave for a call that is not made after all. */
  async returnUnused(account: string, { verdict }: Verdict, tokens: number): Promise<void> {
    if (verdict === 'free' || verdict === 'counted' || verdict === 'probe')
      await this.ended({ account, verdict, reserved: tokens }, { type: 'stopped' });
  }

  /**
   * What a task is told of its failed call: while the breaker is open the call says nothing about the task, which goes back
   * as it came instead of using up its attempts as the one that probes.
   */
  blame(account: string, failure: TaskFailure): TaskFailure {
    return (unwell.has(failure.code) && this.closure(account)) || failure;
  }

  /** Tells how a call ended. Never rejects: a state that could not be stored is found out again by the next calls. */
  async ended(pass: Pass, end: CallEnd): Promise<void> {
    try {
      await this.#note(pass, end);
    } catch (error) {
      this.#log.error({ err: error }, 'the end of a call could not be noted for its account');
    }
  }

  async #note(pass: Pass, end: CallEnd): Promise<void> {
    const { account } = pass;
    const isProbe = pass.verdict === 'probe';
    if (pass.verdict === 'counted' && end.type !== 'failed')
      await this.#giveBack(account, pass.reserved - (end.type === 'answered' ? end.tokens : 0));
    if (end.type === 'stopped') {
      if (isProbe) await this.#run('let another call probe', stopProbing, [account]);
      return;
    }
    if (end.type === 'failed' && end.failure.code === 'model_rate_limited') {
      const asked = end.failure.retryAfterSeconds ?? blockWithoutHintSeconds;
      const seconds = Math.min(asked, longestBlockSeconds);
      this.#close(account, seconds, 'provider_limit');
      await this.#run('hold calls as the provider asked', block, [
        account,
        orgOf(account),
        seconds,
      ]);
      if (isProbe) await this.#run('let another call probe', stopProbing, [account]);
      return;
    }
    const failed = end.type === 'failed' && unwell.has(end.failure.code);
    const window = this.#windowOf(account);
    window.add(failed, performance.now());
    if (isProbe && !failed) {
      window.clear();
      this.#closed.delete(account);
      this.#log.info({ account }, 'the provider answers again');
      await this.#run('close the circuit breaker', closeBreaker, [account]);
    } else if (isProbe) {
      await this.#openLonger(account);
    } else if (failed && window.isBad) {
      window.clear();
      this.#close(account, 1, 'provider_unavailable');
      this.#log.warn({ account }, 'the provider is left alone for a while');
      await this.#run('open the circuit breaker', openBreaker, [account, orgOf(account)]);
    }
  }

  async #openLonger(account: string): Promise<void> {
    const values = [account, longestPauseSeconds];
    const { rows } = await asSystem(this.#database, 'leave the breaker open', (tx) =>
      tx.query<{ pause_seconds: number }>(openLonger, values),
    );
    if (rows[0]) this.#close(account, rows[0].pause_seconds, 'provider_unavailable');
  }

  #windowOf(account: string): CallWindow {
    const window = this.#windows.get(account) ?? new CallWindow();
    this.#windows.set(account, window);
    return window;
  }

  #close(account: string, seconds: number, code: FailureCode): void {
    this.#closed.set(account, { until: performance.now() + seconds * 1_000, code });
  }

  #giveBack(account: string, tokens: number): Promise<void> {
    return this.#run('give back what a call did not use', giveBack, [account, tokens]);
  }

  async #run(reason: string, statement: string, values: unknown[]): Promise<void> {
    await asSystem(this.#database, reason, (tx) => tx.query(statement, values));
  }
}

/** Those that wait come back one after another instead of all at once. */
function spread(seconds: number): number {
  return seconds + Math.random() * Math.min(5, Math.max(1, seconds));
}

function orgOf(account: string): string | null {
  return account === platformAccount ? null : account;
}

const giveBack = `update provider_gates set tokens_left = tokens_left + $2
  where account = $1 and tokens_per_minute is not null`;

const block = `insert into provider_gates as g (account, org_id, blocked_until)
  values ($1, $2, clock_timestamp() + make_interval(secs => $3))
  on conflict (account) do update set blocked_until = greatest(g.blocked_until, excluded.blocked_until)`;

/** Whoever comes second finds it open already and leaves the time alone. */
const openBreaker = `insert into provider_gates as g (account, org_id, opened_at, open_until)
  values ($1, $2, clock_timestamp(), clock_timestamp() + interval '1 second')
  on conflict (account) do update set opened_at = excluded.opened_at, open_until = excluded.open_until, pause_seconds = 1,
    probe_until = null
  where g.opened_at is null`;

const openLonger = `update provider_gates set pause_seconds = least(pause_seconds * 2, $2), probe_until = null,
    open_until = clock_timestamp() + make_interval(secs => least(pause_seconds * 2, $2))
  where account = $1 and opened_at is not null
  returning pause_seconds`;

const stopProbing = `update provider_gates set probe_until = null where account = $1 and opened_at is not null`;

const closeBreaker = `update provider_gates set opened_at = null, open_until = null, probe_until = null, pause_seconds = 1
  where account = $1`;
