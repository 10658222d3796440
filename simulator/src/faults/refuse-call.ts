import { ApiError, errorTypeOfStatus } from '../http/api-error.ts';
import type { Fault } from './fault.ts';

/** The error a `status` fault asks for; undefined for any other fault. */
export function refusalOf(fault: Fault | undefined): ApiError | undefined {
  if (fault?.kind !== 'status') return undefined;
  const type = fault.type ?? errorTypeOfStatus(fault.status);
  return new ApiError(fault.status, fault.message ?? `Simulated ${type}`, {
    type,
    headers: fault.headers,
    details: fault.details,
  });
}
