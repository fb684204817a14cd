import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { address } from "./client";

/** What a run is doing, as the server tells it. */
export interface RunEvent {
  run_id: string;
  done?: number;
  total?: number;
  node?: string;
  status?: string;
}

/**
 * Listens to the server: fresh data makes every figure ask anew (the old ones stay
 * until the new ones are there), and runs report how far they are.
 */
export function useServerEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(address("/events"));
    const runs = (event: MessageEvent<string>): void => {
      client.setQueryData(["run-progress"], JSON.parse(event.data) as RunEvent);
    };
    const changed = (): void => void client.invalidateQueries();
    const begun = (event: MessageEvent<string>): void => {
      runs(event);
      void client.invalidateQueries({ queryKey: ["resource", "/runs"] });
    };
    const ended = (event: MessageEvent<string>): void => {
      client.setQueryData(["run-progress"], null);
      begun(event);
      client.setQueryData(["run-progress"], null);
      void client.invalidateQueries({ queryKey: ["session"] });
    };
    source.addEventListener("run_started", begun);
    source.addEventListener("run_progress", runs);
    source.addEventListener("run_finished", ended);
    source.addEventListener("data_changed", changed);
    return () => source.close();
  }, [client]);
}
