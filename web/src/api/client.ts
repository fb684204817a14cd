import type { Problem } from "./types";

/** Where the API stands, on the app's own host. */
export const base = "/api/v1";

/** A call that the API refused, or that did not reach it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code || (problem.status ? `http_${problem.status}` : "unreachable");
    this.hint = problem.hint ?? "";
  }
}

/** The parameters of an address; those without a value are left out. */
export type Params = Record<string, string | number | boolean | null | undefined>;

export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return base + path + (text ? `?${text}` : "");
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Problem;
    return { ...body, status: response.status, title: body.title || response.statusText };
  } catch {
    return { status: response.status, title: response.statusText || "The server gave no reason" };
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError({ status: 0, title: "The server can't be reached", hint: "Is `kith serve` still running?" });
  }
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response;
}

export async function getJson<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const response = await send(address(path, params), { headers: { Accept: "application/json" }, signal });
  return (await response.json()) as T;
}

export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(address(path), {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : null) as T;
}

/** Ends the session. */
export async function signOut(): Promise<void> {
  await send("/logout", { method: "POST" });
}

/** The exact rows of an answer, for a file. */
export async function getCsv(path: string, params: Params = {}): Promise<string> {
  return (await send(address(path, params), { headers: { Accept: "text/csv" } })).text();
}
