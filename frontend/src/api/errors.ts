/** Mistakes at one field of a form, as the server words them. */
export type FieldErrors = Readonly<Record<string, { code: string; detail: string }[]>>;

/** What the server refused, or that it could not be reached (status 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: FieldErrors = {},
  ) {
    super(`${status} ${code}`);
  }

  get isUnreachable(): boolean {
    return this.status === 0 || (this.status >= 502 && this.status <= 504);
  }
}

/** Return the first sentence of each field: `{"questions.0.text": "…"}`. */
export function sentences(fields: FieldErrors): Record<string, string> {
  const pairs = Object.entries(fields).map(([name, errors]) => [name, errors[0]?.detail ?? ""]);
  return Object.fromEntries(pairs);
}

/** Read an error answer; a proxy's page in its place is no reason to fail again. */
export function errorFrom(status: number, body: unknown): ApiError {
  const known = isErrorBody(body) ? body : { code: `http_${status}`, detail: "", fields: {} };
  return new ApiError(status, known.code, known.detail, known.fields);
}

interface ErrorBody {
  code: string;
  detail: string;
  fields: FieldErrors;
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === "object" && body !== null && "code" in body && "detail" in body;
