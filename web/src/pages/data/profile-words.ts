import type { SourceColumn, SourceProfile } from "../../api/resources";
import { count, none, plain, plural, share } from "../../lib/format";

/** Something unusual in a column: what the rules found, and malformed values. */
export interface Unusual {
  column: string;
  rows: number;
  what: string;
  example: string;
}

/** How many rows the figures are of. */
export const lookedAt = (profile: SourceProfile): number => profile.sampled_rows ?? profile.row_count;

/** All that is unusual, column by column. */
export function unusual(columns: SourceColumn[]): Unusual[] {
  return columns.flatMap((c) => [
    ...(c.malformed_count > 0
      ? [
          {
            column: c.name,
            rows: c.malformed_count,
            what: `${c.malformed_count === 1 ? "does" : "do"} not read as ${c.kind}`,
            example: c.malformed_examples.join(", "),
          },
        ]
      : []),
    ...c.anomalies.map((a) => ({ column: c.name, rows: a.count, what: a.text, example: a.example ?? "" })),
  ]);
}

const rows = (n: number): string => plural(n, "row", "rows");

/** What a source is like, in a sentence or two. */
export function finding(profile: SourceProfile): string {
  const found = unusual(profile.columns);
  const columns = new Set(found.map((u) => u.column)).size;
  const sample =
    profile.sampled_rows === null
      ? ""
      : ` All figures but that are of ${count(profile.sampled_rows)} of them, drawn at random.`;
  const repeated =
    profile.duplicate_rows === 0
      ? "none repeats another"
      : `${count(profile.duplicate_rows)} ${profile.duplicate_rows === 1 ? "repeats" : "repeat"} another`;
  const last =
    found.length === 0
      ? "Nothing unusual was found."
      : `Something is unusual in ${columns} of ${plural(profile.columns.length, "column", "columns")}.`;
  const origin =
    profile.synthetic_rows === 0
      ? ""
      : profile.synthetic_rows === profile.row_count
        ? ", synthetic"
        : `, ${count(profile.synthetic_rows)} of them synthetic`;
  return `${rows(profile.row_count)}${origin}; ${repeated}.${sample} ${last}`;
}

/** Whether a key is one. */
export function keyWords(key: SourceProfile["keys"][number]): string {
  const parts = [
    ...(key.duplicate_rows > 0 ? [`${rows(key.duplicate_rows)} with one that another row has`] : []),
    ...(key.null_rows > 0 ? [`${rows(key.null_rows)} without`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "different in every row";
}

/** The number of different values, with how far it may be off. */
export const distinct = (of: SourceColumn["distinct"]): string =>
  of.is_approximate ? `about ${count(of.count)} ±${share(of.relative_error)}` : count(of.count);

/** 0% is none and 100% is all; anything between them is between them. */
export function part(n: number, all: number): string {
  if (n === 0 || all === 0) return "0%";
  if (n === all) return "100%";
  if (n / all < 0.001) return "<0.1%";
  if (n / all > 0.999) return ">99.9%";
  return share(n / all);
}

/** A written value: numbers and days as people read them, texts as they are, moments to the minute. */
export function written(value: string, kind: SourceColumn["kind"]): string {
  if (kind === "timestamp") return value.slice(0, 16);
  if (kind === "date") return plain(value);
  if ((kind === "integer" || kind === "decimal") && /^-?\d+(\.\d+)?$/.test(value)) {
    const [whole = "", digits = ""] = value.replace("-", "").split(".");
    const kept = digits.replace(/0+$/, "");
    return `${value.startsWith("-") ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${kept ? `.${kept}` : ""}`;
  }
  return value === "" ? "(empty)" : value;
}

/** From the least to the greatest. */
export function span(column: SourceColumn): string {
  if (column.personal || column.min === null || column.max === null) return none;
  const [from, to] = [written(column.min, column.kind), written(column.max, column.kind)];
  return from === to ? from : `${from} to ${to}`;
}

/** A figure with six digits that count. */
export const figure = (value: number): string => written(String(Number(value.toPrecision(6))), "decimal");
