import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  type UseQueryResult,
  useQuery,
} from "@tanstack/react-query";
import { ApiError, getJson } from "./client";
import type { DimensionInfo, MetricInfo, MetricQuery, QueryResult, Session } from "./types";

/** Answers stay good until the data changes; events of the server say when. */
export const settled = { staleTime: Number.POSITIVE_INFINITY, gcTime: 10 * 60_000, retry: false } as const;

/** Keeps the server's answers. A call that is refused for want of a session asks for it anew: without one, one has to sign in. */
export function newClient(): QueryClient {
  const refused = (error: unknown): void => {
    if (error instanceof ApiError && error.status === 401) void client.invalidateQueries({ queryKey: ["session"] });
  };
  const client = new QueryClient({
    defaultOptions: { queries: { refetchOnWindowFocus: false } },
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== "session" && refused(error) }),
    mutationCache: new MutationCache({ onError: refused }),
  });
  return client;
}

/** The session; a day that the server leaves empty is none. */
async function session(signal: AbortSignal): Promise<Session> {
  const found = await getJson<Session>("/session", {}, signal);
  return { ...found, as_of: found.as_of || null, first_day: found.first_day || null, last_day: found.last_day || null };
}

export const useSession = (): UseQueryResult<Session> =>
  useQuery({ queryKey: ["session"], queryFn: ({ signal }) => session(signal), ...settled });

const items = async <T>(path: string, signal: AbortSignal): Promise<T[]> =>
  (await getJson<{ items: T[] }>(path, {}, signal)).items;

export const useMetrics = (): UseQueryResult<MetricInfo[]> =>
  useQuery({ queryKey: ["metrics"], queryFn: ({ signal }) => items<MetricInfo>("/metrics", signal), ...settled });

export const useDimensions = (): UseQueryResult<DimensionInfo[]> =>
  useQuery({
    queryKey: ["dimensions"],
    queryFn: ({ signal }) => items<DimensionInfo>("/dimensions", signal),
    ...settled,
  });

/** The one text of a query, so that equal queries have equal addresses. */
export function queryText(query: MetricQuery): string {
  return JSON.stringify(query, (_, value: unknown) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, v]) => v !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}

/** Figures; the old ones stay while new ones are on their way, and go when none are asked for. */
export const useFigures = (query: MetricQuery | null): UseQueryResult<QueryResult> =>
  useQuery({
    queryKey: ["query", query ? queryText(query) : ""],
    queryFn: ({ signal }) => getJson<QueryResult>("/query", { q: queryText(query as MetricQuery) }, signal),
    enabled: query !== null,
    placeholderData: query === null ? undefined : keepPreviousData,
    ...settled,
  });

/** When the figures were read that stand although newer ones could not be; null where they are the newest. */
export const keptAt = (found: UseQueryResult<unknown>): number | null =>
  found.isError && found.data !== undefined && !found.isPlaceholderData ? found.dataUpdatedAt : null;

/** Anything else that the API gives, by its path and parameters. */
export const useResource = <T>(
  path: string | null,
  params: Record<string, string | number | boolean | null | undefined> = {},
): UseQueryResult<T> =>
  useQuery({
    queryKey: ["resource", path, params],
    queryFn: ({ signal }) => getJson<T>(path as string, params, signal),
    enabled: path !== null,
    placeholderData: path === null ? undefined : keepPreviousData,
    ...settled,
  });
