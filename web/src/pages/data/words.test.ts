import { describe, expect, it } from "vitest";
import type { RunDetail } from "../../api/resources";
import { finding } from "../../finding/finding";
import { lossFinding } from ".";
import { graphWords, pickedWords } from "./lineage";
import { rejectWords } from "./rejects";
import { runWords } from "./runs";
import { sourceWords } from "./sources";
import { testWords } from "./tests";

const tests = (...statuses: string[]) => statuses.map((status) => ({ status }));

describe("the sentence on tests", () => {
  it("does not count as failing what has not run", () => {
    expect(testWords([])).toBe("");
    expect(testWords(tests("unknown", "unknown"))).toBe("None of 2 tests has run yet.");
    expect(testWords(tests("pass", "unknown"))).toBe("The one test passes. 1 has not run yet.");
  });
  it("counts one as one", () => {
    expect(testWords(tests("pass", "pass"))).toBe("All of 2 tests pass.");
    expect(testWords(tests("pass", "fail"))).toBe("1 of 2 tests does not pass.");
    expect(testWords(tests("warn", "fail"))).toBe("2 of 2 tests do not pass.");
  });
});

describe("sentences that count", () => {
  it("say of one what is said of one", () => {
    expect(rejectWords(1)).toBe("1 row could not be loaded, and is kept with its reason.");
    expect(rejectWords(2)).toBe("2 rows could not be loaded, and are kept with their reason.");
    expect(rejectWords(undefined)).toBe("These rows could not be loaded, and are kept with their reason.");
    expect(sourceWords(1, 18)).toBe("1 of 18 sources has rows. Open one to see what is in it.");
    expect(sourceWords(2, 18)).toBe("2 of 18 sources have rows. Open one to see what is in it.");
    expect(sourceWords(0, 1)).toBe("0 of 1 source have rows. Open one to see what is in it.");
    expect(pickedWords("a", 1)).toBe("a stands on and leads to 1 other.");
    expect(pickedWords("a", 1200)).toBe("a stands on and leads to 1,200 others.");
    expect(graphWords(1)).toBe("1 node, from what was loaded on the left to what people read on the right.");
  });
  it("say so of lines of the log", () => {
    const said = (sale: number, all: number): string =>
      finding(lossFinding, null, "GBP", {
        rows: 10,
        all_lines: all,
        sale_lines: sale,
        lost_lines: all - sale,
        kept: sale / all,
      });
    expect(said(1, 1)).toBe("The one line is a sale.");
    expect(said(2, 2)).toBe("Every one of 2 lines is a sale.");
    expect(said(0, 1)).toBe("0 of 1 line are sales to known customers, 0.0%; each other line has one reason.");
    expect(said(1, 2)).toBe("1 of 2 lines is a sale to a known customer, 50.0%; each other line has one reason.");
    expect(said(2, 4)).toBe("2 of 4 lines are sales to known customers, 50.0%; each other line has one reason.");
  });
});

describe("the sentence on a run", () => {
  const run = (status: RunDetail["status"], ...nodes: string[]) => ({
    status,
    done: nodes.length,
    total: 3,
    nodes: nodes.map((s, i) => ({ status: s, name: `node_${i}` }) as RunDetail["nodes"][number]),
  });
  it("does not say of a run that failed that all went well", () => {
    expect(runWords(run("failed"))).toBe("The run failed.");
    expect(runWords(run("cancelled", "success"))).toBe("The run was cancelled. 1 node had run until then.");
    expect(runWords(run("failed", "success", "error"))).toBe("1 of 2 nodes failed, the first node_1.");
    expect(runWords(run("running", "success"))).toBe("1 of 3 nodes so far.");
  });
  it("says so where all went well", () => {
    expect(runWords(run("success", "success", "pass"))).toBe("All of 2 nodes went well.");
    expect(runWords(run("success"))).toBe("There was nothing to do.");
  });
});
