import { currentKey, endSession } from "../app/session";
import { parseAnswer, writeJSON } from "../format/json";

/** A failed call: what happened, and what the person in front of the screen can do about it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** An answer slower than this is given up: the API answers from local data, a longer wait means it is stuck. */
const timeoutMs = 30_000;

export type Params = Record<string, string | number | boolean | null | undefined>;

/** `path?name=value` with empty values left out. */
export function withParams(path: string, params: Params): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** One call of the control API under the signed-in key; throws `ApiError` for everything that is not a success. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const text = await callText(path, options);
  return text === "" ? (undefined as T) : parseAnswer<T>(text);
}

interface CallOptions {
  method?: string;
  body?: unknown;
  key?: string;
  /** For work that takes longer than reading local data. */
  patienceMs?: number;
}

/** The same, as the text that the server sent. */
export async function callText(path: string, options: CallOptions = {}): Promise<string> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), options.patienceMs ?? timeoutMs);
  try {
    const response = await fetch(`/api/v1${path}`, requestInit(options, abort.signal));
    if (!response.ok) throw await failure(response, options.key === undefined);
    return response.status === 204 ? "" : await response.text();
  } catch (error) {
    throw explained(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A list's longest page. */
const longestPage = 1_000;

/** Every item of a short list (keys, models), page after page: one that stopped early would be silently wrong. */
export async function callAll<T>(path: string): Promise<{ data: T[] }> {
  const data: T[] = [];
  let cursor: string | null = null;
  do {
    const address = withParams(path, { limit: longestPage, cursor });
    const page: { data: T[]; next_cursor?: string | null } = await call(address);
    data.push(...page.data);
    cursor = page.next_cursor ?? null;
  } while (cursor !== null);
  return { data };
}

function requestInit(options: CallOptions, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { Authorization: `Bearer ${options.key ?? currentKey() ?? ""}` };
  const init: RequestInit = {
    method: options.method ?? "GET", headers, signal, cache: "no-store", credentials: "omit",
  };
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = writeJSON(options.body);
  }
  return init;
}

/** Reads the API's error document; a 401 of the signed-in key ends the session. */
export async function failure(response: Response, ofSession: boolean): Promise<ApiError> {
  let code = `http_${response.status}`;
  let message = `The server answered ${response.status}. Try again; if it stays, run "signalbox doctor" on the server.`;
  let requestId: string | null = response.headers.get("x-signalbox-request-id");
  try {
    const body = (await response.json()) as { error?: { code?: string; message?: string; request_id?: string } };
    code = body.error?.code ?? code;
    message = body.error?.message ?? message;
    requestId = body.error?.request_id ?? requestId;
  } catch {
    // Not the API's own answer (a proxy's page, say): the general text stands.
  }
  if (response.status === 401 && ofSession) {
    endSession("The key you signed in with is no longer accepted. Paste another.");
  }
  return new ApiError(response.status, code, message, requestId);
}

/** Network failures and timeouts as `ApiError`s with something to do. */
export function explained(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DOMException && error.name === "AbortError") {
    return new ApiError(
      0, "timeout", "No answer in time. The server may be overloaded; try again in a moment.", null,
    );
  }
  return new ApiError(
    0, "unreachable", "The server cannot be reached. Check that signalbox is running, then try again.", null,
  );
}
