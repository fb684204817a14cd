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
    ["{{ 1 + 2 * 3 }} {{ -2 + 3 }}", "7 1"],
    ["{{ changed() }} against {{ earlier }}", "+8.1% against the period before"],
    ["{{ rows / 0 }}", ""],
    ['{{ group("Nobody").share }} of {{ period }}', ""],
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
  it("passes over a sentence that would name what is not known", () => {
    const cases: FindingCase[] = [
      { when: "rows > 0", text: "It changed {{ pct(change()) }}." },
      { text: "It came to {{ show(value()) }}." },
    ];
    expect(finding(cases, result([["New", 2, null]]), "GBP")).toBe("It came to £2.00.");
    expect(finding(cases, result([["New", null, null]]), "GBP")).toBe("");
  });
  it("tells a year from a period by where it ends", () => {
    const year = result([["New", 2, 1]]);
    year.comparison = { from: "2023-09-30", to: "2024-09-28", label: "the same days" };
    expect(say("{{ earlier }}", year)).toBe("The year before");
  });
  it("puts names in as text, whatever they look like", () =>
    expect(say("{{ largest() }}", result([["<img onerror=alert(1)> {{ rows }}", 1, 1]]))).toBe(
      "<img onerror=alert(1)> {{ rows }}",
    ));
});

interface Block {
  name: string;
  finding?: FindingCase[];
}

type Rows = [string | null, number | null, number | null][];

const shipped = (file: string, block: string): ((rows: Rows, compared?: boolean) => string) => {
  const path = resolve(import.meta.dirname, `../../../analytics/dashboards/${file}.yml`);
  const cases = readCases(readFileSync(path, "utf8"), block);
  expect(cases.length).toBeGreaterThan(0);
  return (rows, compared = true) => finding(cases, result(rows, compared), "GBP");
};

describe("the shipped overview", () => {
  it.each<[string, Rows, boolean, string]>([
    ["nothing", [], true, "Nothing was sold in this range."],
    [
      "no comparison",
      [
        ["Returning", 300, null],
        ["New", 100, null],
      ],
      false,
      "Returning customers brought 75% of £400.00.",
    ],
    [
      "a comparison of which nothing is known",
      [
        ["Returning", 300, null],
        ["New", 100, null],
      ],
      true,
      "Returning customers brought 75% of £400.00.",
    ],
    [
      "no change",
      [
        ["Returning", 300, 300],
        ["New", 100, 100],
      ],
      true,
      "Net revenue did not change; returning customers brought 75% of it.",
    ],
    [
      "growth of the returning alone",
      [
        ["Returning", 340, 300],
        ["New", 98, 100],
      ],
      true,
      "All growth came from returning customers; new-customer revenue fell 2.0%.",
    ],
    [
      "growth",
      [
        ["Returning", 310, 300],
        ["New", 150, 100],
      ],
      true,
      `Revenue rose 15.0%; new customers added £50.00.`,
    ],
    [
      "a fall",
      [
        ["Returning", 200, 300],
        ["New", 100, 100],
      ],
      true,
      `Revenue fell 25.0%; returning customers brought £100.00 less.`,
    ],
    [
      "a fall of a group that is gone",
      [
        ["Returning", 110, 100],
        ["New", null, 100],
      ],
      true,
      `Revenue fell 45.0%.`,
    ],
  ])("has a sentence on revenue for %s", (_, rows, compared, wanted) =>
    expect(shipped("overview", "revenue")(rows, compared)).toBe(wanted),
  );
  it("has one on the bridge", () => {
    const bridge = shipped("overview", "bridge");
    expect(bridge([["France", 1, 1]], false)).toBe("There is no earlier period to compare with.");
    expect(bridge([["France", 1, null]])).toBe("What the earlier period came to is not known for every country.");
  });
  it("does not say that nothing was sold where products have no category", () =>
    expect(shipped("overview", "ranges")([])).toBe("No product that was sold has a category."));
});

describe("the shipped page on retention", () => {
  it("has a sentence on risk for each group that is not there", () => {
    const risk = shipped("retention", "risk");
    expect(risk([["Low", 390, null]])).toBe("Nobody is at high risk or churned.");
    expect(
      risk([
        ["Low", 3, null],
        ["High", 1, null],
      ]),
    ).toBe("25% are at high risk, nobody churned.");
    expect(
      risk([
        ["Low", 3, null],
        ["Churned", 1, null],
      ]),
    ).toBe("25% churned, nobody else is at high risk.");
  });
  it("does not tell one group, or groups that are alike, from themselves", () => {
    const churn = shipped("retention", "churn");
    expect(churn([["Champions", 2, null]])).toContain("of Champions churned.");
    expect(
      churn([
        ["At Risk", 0, null],
        ["Champions", 0, null],
      ]),
    ).toContain("Nobody has churned yet.");
    expect(
      churn([
        ["At Risk", 2, null],
        ["Champions", 2, null],
      ]),
    ).toContain("All churn alike.");
  });
  it("says what the months are compared with", () => {
    const stayed = shipped("retention", "stayed");
    expect(stayed([["", 0.8, 0.7]])).toContain("against the period before.");
    expect(stayed([["", 0.8, null]])).toBe("80.0% of the customers of a month buy in the next.");
  });
});

describe("the shipped page on segments", () => {
  it("tells one customer from several", () => {
    const table = shipped("segments", "demographic_table");
    expect(table([["25-34", 1, null]])).toBe("1 customer as of the last build.");
    expect(table([["25-34", 1200, null]])).toBe("1,200 customers as of the last build.");
    const moves = shipped("segments", "cluster_moves");
    expect(moves([["Loyal", 1, null]])).toBe("1 customer then and now.");
    expect(moves([["Loyal", 2, null]])).toBe("2 customers then and now.");
  });
  it("tells one fine segment from several", () => {
    const worth = shipped("segments", "worth");
    expect(worth([["Champions", 1, null]])).toBe("The dot is the only fine segment.");
    expect(
      worth([
        ["Champions", 1, null],
        ["Lost", 1, null],
      ]),
    ).toBe("Each dot is one of 2 fine segments.");
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
