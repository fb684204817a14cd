import type { UseQueryResult } from "@tanstack/react-query";
import { useResource } from "../api/queries";
import type { Dashboard } from "./types";

/** A dashboard by name; nothing is asked for without one. */
export const useDashboard = (name: string | null): UseQueryResult<Dashboard> =>
  useResource<Dashboard>(name === null ? null : `/dashboards/${encodeURIComponent(name)}`);
