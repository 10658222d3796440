import { type Exchange, sendJson } from '../http/exchange.ts';
import { findModel, listModels, modelInfo } from '../models/catalogue.ts';
import { pageOf } from './page-of.ts';

/** `GET /v1/models`, newest first; every simulated model is active. */
export function sendModels(exchange: Exchange): void {
  const lifecycles = exchange.url.searchParams.getAll('lifecycle').flatMap((one) => one.split(','));
  const isWanted = lifecycles.length === 0 || lifecycles.includes('active');
  const infos = (isWanted ? listModels() : []).map((model) => ({
    id: model.id,
    ...modelInfo(model),
  }));
  sendJson(exchange, 200, pageOf(infos, exchange.url.searchParams));
}

/** `GET /v1/models/:id`. */
export function sendModel(exchange: Exchange, id: string): void {
  sendJson(exchange, 200, modelInfo(findModel(id)));
}
