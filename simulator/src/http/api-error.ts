/** The API's error vocabulary; the status decides the type unless a caller names one. */
export type ApiErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'billing_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'timeout_error'
  | 'api_error'
  | 'overloaded_error';

const TYPE_BY_STATUS: ReadonlyMap<number, ApiErrorType> = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [409, 'conflict_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
]);

export interface ApiErrorOptions {
  type?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  details?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer other than success, thrown anywhere and rendered once by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(status: number, message: string, options: ApiErrorOptions = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.type = options.type ?? errorTypeOfStatus(status);
    this.headers = options.headers ?? {};
    this.details = options.details;
  }
}

/** The error type the API gives a status; unlisted 4xx are invalid requests, the rest API errors. */
export function errorTypeOfStatus(status: number): ApiErrorType {
  return TYPE_BY_STATUS.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error');
}

/** A 400 that names the offending field, as the API does: `max_tokens: Field required`. */
export function invalidField(field: string, problem: string): ApiError {
  return new ApiError(400, `${field}: ${problem}`);
}

/** The body of an error reply; also the payload of an `error` event inside a stream. */
export function errorBody(
  error: ApiError,
  requestId: string,
): { type: 'error' } & Record<string, unknown> {
  const details = error.details === undefined ? {} : { details: error.details };
  return {
    type: 'error',
    error: { type: error.type, message: error.message, ...details },
    request_id: requestId,
  };
}
