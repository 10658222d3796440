import { type Exchange, sendJson } from '../http/exchange.ts';
import { addUpUsage } from '../reports/add-up-usage.ts';
import { pageToken, parseReportQuery } from '../reports/report-query.ts';
import type { Services } from '../services.ts';

/** `GET /v1/organizations/usage_report/messages`, from the call log: what is in the one is in the other. */
export async function sendUsageReport(services: Services, exchange: Exchange): Promise<void> {
  const query = parseReportQuery(exchange.url.searchParams, services.now());
  const entries = await services.log.read(new Date(query.from - 1));
  const { buckets, next } = addUpUsage(entries, query);
  sendJson(exchange, 200, {
    data: buckets,
    has_more: next !== null,
    next_page: next === null ? null : pageToken(next),
  });
}
