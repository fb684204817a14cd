import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "../api/client";
import { moment } from "../lib/dates";

/** Bars in the shape of what is coming; past two seconds they say so and can be cancelled. */
export function Loading({
  shape,
  height,
  onCancel,
}: {
  shape: "bars" | "rows" | "tiles";
  height: number;
  onCancel?: () => void;
}): ReactNode {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  const n = shape === "rows" ? Math.max(2, Math.floor(height / 32)) : shape === "tiles" ? 6 : 16;
  return (
    <div className={`loading ${shape}`} style={{ height }} aria-busy="true" role="status">
      <span className="sr">Loading</span>
      {Array.from({ length: n }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <i key={i} className={`bar-${(i * 7) % 5}`} />
      ))}
      {slow && (
        <p className="slow">
          <progress aria-label="Working" /> Still counting.{" "}
          {onCancel && (
            <button type="button" className="link" onClick={onCancel}>
              Cancel
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** What failed, in plain words, with a way to try again and a code to quote. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  const known = error instanceof ApiError ? error : null;
  const model = missingModel(known);
  if (model) {
    return <Empty command="kith build">{`The table ${model} is not there yet.`}</Empty>;
  }
  return (
    <div className="failed" role="alert">
      <p>
        <strong>This could not be read.</strong>{" "}
        {known ? sentences(known.message, known.hint) : "The page met something it did not expect."}
      </p>
      <p className="table-foot">
        {onRetry && (
          <button type="button" className="btn" onClick={onRetry}>
            Retry
          </button>
        )}
        <span>
          Code <code>{known?.code ?? "app"}</code>
        </span>
      </p>
    </div>
  );
}

/** Says of figures that they are old because newer ones could not be read. */
export function Kept({ at, onRetry }: { at: number | null; onRetry: () => void }): ReactNode {
  if (at === null) return null;
  return (
    <p className="note" role="status">
      Read {moment(new Date(at).toISOString())}; newer figures could not be read.{" "}
      <button type="button" className="link" onClick={onRetry}>
        Retry
      </button>
    </p>
  );
}

/** What an error says and what to do, as sentences. */
export const sentences = (...parts: string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(" ");

/** The model that an error says is not built; null for any other error. */
export function missingModel(error: ApiError | null): string | null {
  if (!error) return null;
  const text = `${error.message} ${error.hint}`;
  const match = /(?:table|model|relation) "?(?:\w+\.)?(\w+)"? (?:is not built|does not exist|is not there)/i.exec(text);
  return match?.[1] ?? null;
}

/** One sentence and the one command that changes it. */
export function Empty({ children, command }: { children: ReactNode; command?: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  return (
    <div className="empty">
      <p>{children}</p>
      {command && (
        <p className="command">
          <code>{command}</code>
          <button
            type="button"
            className="btn quiet"
            onClick={() => void navigator.clipboard?.writeText(command).then(() => setCopied(true))}
          >
            {copied ? "Copied" : "Copy"}
          </button>
        </p>
      )}
    </div>
  );
}

/** Stops what a query is waiting for. */
export function useCancel(queryKey: readonly unknown[]): () => void {
  const client = useQueryClient();
  return () => void client.cancelQueries({ queryKey });
}
