import { faultSchema } from '../faults/fault.ts';
import { ApiError } from '../http/api-error.ts';
import { type Exchange, sendJson } from '../http/exchange.ts';
import { MAX_REQUEST_BYTES, parseJson, readBody } from '../http/read-body.ts';
import { changePace, paceSchema } from '../pace/pace.ts';
import type { Services } from '../services.ts';

/** Everything under `/_control/`: how a test or an operator tells the simulator to misbehave. */
export async function control(services: Services, exchange: Exchange): Promise<void> {
  const { request, url } = exchange;
  const token = request.headers['x-control-token'];
  const action = `${request.method} ${url.pathname.replace(/^\/_control\/?/, '')}`;
  const isGuarded = services.controlToken !== undefined && action !== 'GET health';
  if (isGuarded && token !== services.controlToken) {
    throw new ApiError(401, 'x-control-token: missing or wrong');
  }
  switch (action) {
    case 'GET health':
      return sendJson(exchange, 200, { status: 'ok', simulated: true });
    case 'GET faults':
      return sendJson(exchange, 200, { faults: services.faults.list() });
    case 'POST faults':
      return addFaults(services, exchange);
    case 'DELETE faults':
      return sendJson(exchange, 200, { removed: services.faults.clear() });
    case 'GET pace':
      return sendJson(exchange, 200, services.pace);
    case 'PUT pace': {
      changePace(services.pace, check(paceSchema.safeParse(await bodyOf(exchange))));
      return sendJson(exchange, 200, services.pace);
    }
    case 'GET calls':
      return sendJson(exchange, 200, { calls: await services.log.read(sinceOf(url)) });
    default:
      throw new ApiError(404, `No such control: ${action}`);
  }
}

/** Accepts one fault or a list of them; a bad one in a list means that none is queued. */
async function addFaults(services: Services, exchange: Exchange): Promise<void> {
  const body = await bodyOf(exchange);
  const faults = (Array.isArray(body) ? body : [body]).map((one) =>
    check(faultSchema.safeParse(one)),
  );
  for (const fault of faults) services.faults.add(fault);
  sendJson(exchange, 201, { faults: services.faults.list() });
}

async function bodyOf(exchange: Exchange): Promise<unknown> {
  return parseJson(await readBody(exchange.request, MAX_REQUEST_BYTES));
}

function sinceOf(url: URL): Date | undefined {
  const since = url.searchParams.get('since');
  if (since === null) return undefined;
  const date = new Date(since);
  if (Number.isNaN(date.getTime())) throw new ApiError(400, 'since: not a date');
  return date;
}

type Checked<Value> =
  | { success: true; data: Value }
  | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };

function check<Value>(result: Checked<Value>): Value {
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ApiError(400, problems.join('; '));
}
