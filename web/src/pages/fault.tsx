import type { ReactNode } from "react";
import { useRouteError } from "react-router";
import { Failed } from "../ui/states";

/** What shows when the frame itself fails. */
export function Fault(): ReactNode {
  const error = useRouteError();
  return (
    <main className="alone">
      <h1>Kith</h1>
      <Failed error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}
