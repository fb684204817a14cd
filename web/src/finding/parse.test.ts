import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseExpression, parseSentence } from "./parse";

// The same cases hold for the parser that checks dashboards when they are loaded.
const shared = resolve(import.meta.dirname, "../../../internal/dashboard/testdata/expressions.json");
const cases = JSON.parse(readFileSync(shared, "utf8")) as { take: string[]; refuse: string[] };

describe("expressions", () => {
  it.each(cases.take)("takes %s", (source) => expect(() => parseExpression(source)).not.toThrow());
  it.each(cases.refuse)("refuses %s", (source) => expect(() => parseExpression(source)).toThrow());
});

describe("sentences", () => {
  it("are text and expressions in turn", () =>
    expect(parseSentence("a {{ 1 }} b").map((p) => typeof p)).toEqual(["string", "object", "string"]));
  it("refuse an open expression", () => expect(() => parseSentence("a {{ 1")).toThrow());
});
