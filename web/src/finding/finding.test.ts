import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { QueryResult } from "../api/types";
import { type FindingCase, finding } from "./finding";
import { parseSentence } from "./parse";

const result = (rows: [string | null, number | null, number | null][], compared = true): QueryResult => ({
  columns: [
    { name: "customer_type", label: "Type", role: "dimension", type: "text" },
    {
      name: "net_revenue",
      label: "Net revenue",
      role: "metric",
      metric: "net_revenue",
      type: "decimal",
      format: "money",
    },
    { name: "before", label: "Before", role: "comparison", metric: "net_revenue", type: "decimal", format: "money" },
  ],
  rows,
  period: { from: "2024-09-30", to: "2025-09-28", label: "52 weeks" },
  comparison: compared ? { from: "2023-10-02", to: "2024-09-29", label: "52 weeks before" } : null,
  is_complete: true,
  data_version: "1",
  as_of: "2025-09-29",
});

const say = (
  text: string,
  r: QueryResult = result([
    ["Returning", 300, 250],
    ["New", 100, 120],
  ]),
): string => finding([{ text }], r, "GBP");

describe("findings", () => {
  it.each([
    ["{{ show(value()) }}", "£400.00"],
    ["{{ pct(largest().share) }} by {{ lower(largest()) }}", "75% by returning"],
    ['{{ pct_change(group("New").change) }}', "−16.7%"],
    ["{{ changed() }}", "+8.1%"],
    ["{{ most_fallen() }} lost {{ money(abs(most_fallen().difference)) }}", "New lost £20.00"],
    ['{{ choose(change() > 0, "rose", "fell") }}', "Rose"],
    ["{{ 1 + 2 * 3 }} {{ -2 + 3 }} {{ rows / 0 }}", "7 1 –"],
    ['{{ group("Nobody").share }} of {{ period }}', "– of 52 weeks"],
  ])("%s gives %s", (text, wanted) => expect(say(text)).toBe(wanted));

  it("takes the first case that holds", () => {
    const cases: FindingCase[] = [
      { when: "rows = 0", text: "None." },
      { when: "change() < 0", text: "Fell." },
      { text: "Rose." },
    ];
    expect(finding(cases, result([]), "GBP")).toBe("None.");
    expect(finding(cases, result([["New", 1, 2]]), "GBP")).toBe("Fell.");
    expect(finding(cases, result([["New", 2, 1]]), "GBP")).toBe("Rose.");
  });
  it("says nothing rather than something wrong", () => {
    expect(say("{{ nonsense }}")).toBe("");
    expect(say("{{ value( }}")).toBe("");
  });
  it("shows what is not known as a dash", () =>
    expect(say("{{ pct(change()) }}", result([["New", 2, null]], false))).toBe("–"));
  it("puts names in as text, whatever they look like", () =>
    expect(say("{{ largest() }}", result([["<img onerror=alert(1)> {{ rows }}", 1, 1]]))).toBe(
      "<img onerror=alert(1)> {{ rows }}",
    ));
});

interface Block {
  name: string;
  finding?: FindingCase[];
}

describe("the shipped overview's revenue", () => {
  const path = resolve(import.meta.dirname, "../../../analytics/dashboards/overview.yml");
  const cases = readCases(readFileSync(path, "utf8"), "revenue");
  const said = (rows: [string | null, number | null, number | null][], compared = true): string =>
    finding(cases, result(rows, compared), "GBP");
  it("has a sentence for each way that it can go", () => {
    expect(said([])).toBe("Nothing was sold in this range.");
    expect(
      said(
        [
          ["Returning", 300, null],
          ["New", 100, null],
        ],
        false,
      ),
    ).toBe("Returning customers brought 75% of £400.00.");
    expect(
      said([
        ["Returning", 300, 300],
        ["New", 100, 100],
      ]),
    ).toBe("Net revenue did not change; returning customers brought 75% of it.");
    expect(
      said([
        ["Returning", 340, 300],
        ["New", 98, 100],
      ]),
    ).toBe("All growth came from returning customers; new-customer revenue fell 2.0%.");
    expect(
      said([
        ["Returning", 310, 300],
        ["New", 150, 100],
      ]),
    ).toBe("Revenue rose 15.0%; new customers added £50.00.");
    expect(
      said([
        ["Returning", 200, 300],
        ["New", 100, 100],
      ]),
    ).toBe("Revenue fell 25.0%; returning customers brought £100.00 less.");
  });
});

it("every shipped finding can be read", () => {
  const folder = resolve(import.meta.dirname, "../../../analytics/dashboards");
  for (const file of readdirSync(folder)) {
    const texts = [...readFileSync(resolve(folder, file), "utf8").matchAll(/text: "((?:[^"\\]|\\.)*)"/g)];
    expect(texts.length).toBeGreaterThan(0);
    for (const [, text] of texts) expect(() => parseSentence(JSON.parse(`"${text}"`) as string)).not.toThrow();
  }
});

/** The finding of one block, read from the file by its lines: enough of YAML for what the file holds. */
function readCases(text: string, name: string): FindingCase[] {
  const block: Block = { name, finding: [] };
  const lines = text.split("\n");
  const start = lines.findIndex((l) => l.trim() === `- name: ${name}`);
  const from = lines.findIndex((l, i) => i > start && l.trim() === "finding:");
  let one: Partial<FindingCase> = {};
  for (const line of lines.slice(from + 1)) {
    const match = /^\s*(?:- )?(when|text): (.*)$/.exec(line);
    if (!match) break;
    const value = (match[2] ?? "").startsWith('"') ? (JSON.parse(match[2] ?? "") as string) : (match[2] ?? "");
    if (match[1] === "when") one.when = value;
    else {
      block.finding?.push({ ...one, text: value });
      one = {};
    }
  }
  return block.finding ?? [];
}
