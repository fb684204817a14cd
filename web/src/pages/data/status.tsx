import type { ReactNode } from "react";

const looks: Record<string, string> = {
  success: "good",
  pass: "good",
  fresh: "good",
  succeeded: "good",
  ok: "good",
  error: "bad",
  fail: "bad",
  failed: "bad",
  stale: "bad",
  warn: "warn",
  warned: "warn",
  cancelled: "warn",
  skipped: "",
  running: "info",
  queued: "info",
};

/** How something went, in a word with its colour. */
export function Status({ value }: { value: string }): ReactNode {
  const key = value.toLowerCase();
  return <span className={`badge ${looks[key] ?? ""}`}>{key.replaceAll("_", " ")}</span>;
}
