import { type ReactNode, useState } from "react";

/** A statement, to read and to copy. */
export function Sql({ text }: { text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  return (
    <>
      <h3>
        SQL{" "}
        <button
          type="button"
          className="link small"
          onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
        >
          {copied ? "Copied" : "Copy"}
        </button>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="sql" tabIndex={0}>
        <code>{text}</code>
      </pre>
    </>
  );
}
