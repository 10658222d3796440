import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchStore } from './batches/batch-store.ts';
import { CallLog } from './calls/call-log.ts';
import { FaultQueue } from './faults/fault-queue.ts';
import { ApiError, errorBody } from './http/api-error.ts';
import { cutConnection, openExchange, sendJson } from './http/exchange.ts';
import type { Pace } from './pace/pace.ts';
import { route } from './routes/route.ts';
import type { Services } from './services.ts';
import { PromptCache } from './tokens/prompt-cache.ts';
import { RateMeter } from './tokens/rate-meter.ts';

/** Clients keep connections for longer than Node's 5 s; closing under them looks like a fault. */
const KEEP_ALIVE_MS = 75_000;

export interface SimulatorOptions {
  /** 127.0.0.1 when omitted. */
  readonly host?: string | undefined;
  /** Keys that are accepted; any key is when omitted or empty. */
  readonly apiKeys?: readonly string[] | undefined;
  /** The control endpoint is open when omitted. */
  readonly controlToken?: string | undefined;
  /** Where the call log is appended; in memory when omitted. */
  readonly logPath?: string | undefined;
  /** No pacing at all when omitted, which is what tests want. */
  readonly pace?: Partial<Pace> | undefined;
  /** How long `close` lets calls finish before it cuts them. */
  readonly graceMs?: number | undefined;
  /** The clock behind cache lifetimes and timestamps. */
  readonly now?: (() => Date) | undefined;
  /** Called for failures of the simulator itself, which are bugs. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface Simulator {
  /** Starts to listen and returns the base URL. Port 0 takes a free one. */
  listen(port?: number): Promise<string>;
  /** Stops taking calls, lets those under way finish within the grace, and closes the log. */
  close(): Promise<void>;
  /** The base URL; throws before `listen`. */
  readonly url: string;
}

/** Builds a simulator that shares nothing with any other in the process. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const services = createServices(options);
  const shutdown = new AbortController();
  const host = options.host ?? '127.0.0.1';
  const underWay = new Set<Promise<void>>();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const serving = serve(services, request, response, shutdown.signal).finally(() => {
      underWay.delete(serving);
    });
    underWay.add(serving);
  });
  const address = () => {
    const bound = server.address();
    if (bound === null || typeof bound === 'string')
      throw new Error('The simulator is not listening');
    return bound satisfies AddressInfo;
  };
  return {
    get url() {
      return `http://${host.includes(':') ? `[${host}]` : host}:${address().port}`;
    },
    async listen(port = 0) {
      await services.log.open();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      return this.url;
    },
    async close() {
      shutdown.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), options.graceMs ?? 5_000);
      await closed;
      clearTimeout(timer);
      // Calls that were cut still have their line to write.
      await Promise.allSettled(underWay);
      await services.log.close();
    },
  };
}

function createServices(options: SimulatorOptions): Services {
  const now = options.now ?? (() => new Date());
  const epochMs = () => now().getTime();
  return {
    acceptedKeys: new Set(options.apiKeys ?? []),
    controlToken: options.controlToken,
    pace: { tokensPerSecond: 0, firstTokenMs: 0, batchItemsPerSecond: 0, ...options.pace },
    log: new CallLog(options.logPath),
    faults: new FaultQueue(),
    cache: new PromptCache(epochMs),
    rates: new RateMeter(epochMs),
    batches: new BatchStore(),
    now,
    onError: options.onError ?? (() => undefined),
  };
}

async function serve(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  shutdown: AbortSignal,
): Promise<void> {
  const exchange = openExchange(request, response, services.now());
  try {
    await route(services, exchange, shutdown);
  } catch (error) {
    if (exchange.gone.aborted) return;
    const known = error instanceof ApiError;
    if (!known) services.onError(error);
    const shown = known ? error : new ApiError(500, 'Internal server error');
    if (response.headersSent) return cutConnection(exchange);
    sendJson(exchange, shown.status, errorBody(shown, exchange.requestId), shown.headers);
  }
}
