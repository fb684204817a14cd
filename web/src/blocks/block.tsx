import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Scalar } from "../api/types";
import type { Canvas, ChartOption, Chart as Drawn } from "../charts/option";
import { readTokens } from "../charts/tokens";
import type { BlockDef } from "../dashboards/types";
import { csv } from "../lib/csv";
import { download, fileName } from "../lib/download";
import { Boundary } from "../ui/boundary";
import { type Item, Menu } from "../ui/menu";
import { Kept } from "../ui/states";

const TableForm = lazy(() => import("./table-form"));

/** A block's content as rows: what the table form shows and what the CSV holds. */
export interface Table {
  head: { label: string; numeric?: boolean; show?: (value: Scalar | undefined) => string }[];
  rows: (Scalar | undefined)[][];
}

/** How a block becomes a picture in a file. */
export interface Picture {
  build: (canvas: Canvas) => Drawn | ChartOption;
  width: number;
  height: number;
}

interface Props {
  title: string;
  finding?: string;
  width: number;
  /** A part of the page that others link to. */
  id?: string;
  tools?: ReactNode;
  table?: () => Table;
  /** All rows, with exact numbers, from the server; else the table form's rows. */
  exportCsv?: () => Promise<string>;
  picture?: Picture;
  currency: string;
  onDefine?: () => void;
  note?: ReactNode;
  /** When the figures were read, where newer ones could not be. */
  kept?: { at: number | null; onRetry: () => void };
  /** Old figures, while new ones are on their way. */
  stale?: boolean;
  children: ReactNode;
}

/** The sentence of a block, or the room for it while it is on its way. */
export const orRoom = (sentence: string, def: BlockDef): string => sentence || (def.finding ? "\u00a0" : "");

const isChart = (made: Drawn | ChartOption): made is Drawn => "points" in made && "option" in made;

/** A rule, a title, one sentence that says what the data shows, then the data; and its menu. */
export function Block(props: Props): ReactNode {
  const [asTable, setAsTable] = useState(false);
  const { title, picture, currency } = props;
  const drawn = async (): Promise<{
    option: ChartOption;
    engine: typeof import("../charts/engine");
    background: string;
  }> => {
    const engine = await import("../charts/engine");
    const tokens = readTokens();
    const made = picture?.build({ width: picture.width, height: picture.height, tokens, currency });
    return { option: made ? (isChart(made) ? made.option : made) : {}, engine, background: tokens.surface };
  };
  const items: (Item | "line")[] = [];
  if (props.table)
    items.push({ label: asTable ? "Show as chart" : "Show as table", onSelect: () => setAsTable(!asTable) });
  if (picture) {
    items.push(
      {
        label: "Save as PNG",
        onSelect: () =>
          void drawn().then(async ({ option, engine, background }) =>
            download(fileName(title, "png"), await engine.pngOf(option, picture.width, picture.height, background)),
          ),
      },
      {
        label: "Save as SVG",
        onSelect: () =>
          void drawn().then(({ option, engine }) =>
            download(fileName(title, "svg"), engine.svgOf(option, picture.width, picture.height), "image/svg+xml"),
          ),
      },
    );
  }
  const ownCsv = props.table;
  if (props.exportCsv || ownCsv) {
    items.push({
      label: "Save as CSV",
      onSelect: () =>
        void (async () => {
          const made = ownCsv?.();
          const text = props.exportCsv
            ? await props.exportCsv()
            : csv(made?.head.map((h) => h.label) ?? [], made?.rows ?? []);
          download(fileName(title, "csv"), text);
        })(),
    });
  }
  if (props.onDefine) items.push("line", { label: "Definition and SQL", onSelect: props.onDefine });
  return (
    <section className={`block span-${props.width}`} id={props.id} aria-label={title}>
      <div className="block-head">
        <div>
          <h2>{title}</h2>
          {props.finding && <p>{props.finding}</p>}
        </div>
        <div className="tools tight">
          {props.tools}
          {items.length > 0 && (
            <Menu className="btn quiet dots" label={`${title}: table, export, definition`} items={items}>
              ···
            </Menu>
          )}
        </div>
      </div>
      <Boundary>
        <div className={props.stale ? "stale" : undefined}>
          {asTable && props.table ? (
            <Suspense fallback={null}>
              <TableForm table={props.table()} label={title} />
            </Suspense>
          ) : (
            props.children
          )}
        </div>
      </Boundary>
      {props.note && <p className="note">{props.note}</p>}
      {props.kept && <Kept {...props.kept} />}
    </section>
  );
}
