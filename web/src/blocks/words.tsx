import type { ReactNode } from "react";
import type { BlockDef } from "../dashboards/types";
import { useFilters } from "../lib/filters";
import { Block } from "./block";

/** A block of words. Blank lines part paragraphs; nothing else has a meaning, so no markup can come in. */
export function Words({ def }: { def: BlockDef }): ReactNode {
  const { session } = useFilters();
  return (
    <Block title={def.title} width={def.width} currency={session.currency}>
      {(def.text ?? "").split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph} className="words">
          {paragraph}
        </p>
      ))}
    </Block>
  );
}
