import { describe, expect, it } from "vitest";
import type { RunDetail } from "../../api/resources";
import { runWords } from "./runs";
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
