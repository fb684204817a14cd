import type { ReactNode } from "react";
import { Link } from "react-router";
import { queryText, useMetrics, useResource } from "../api/queries";
import type { Explanation } from "../api/resources";
import { usePanels } from "../dashboards/panels";
import { pageQuery } from "../dashboards/query";
import { longDay, moment } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { count, plural } from "../lib/format";
import { dataPage } from "../lib/url";
import { Sql } from "../ui/sql";
import { Failed, Loading } from "../ui/states";
import { Panel } from "./panel";

const status: Record<string, string> = {
  pass: "passes",
  fail: "fails",
  warn: "warns",
  error: "could not run",
  skipped: "was skipped",
  unknown: "has not run",
};

/** What a number is: its meaning, formula and SQL, the tables under it with their tests, and the way to its rows. */
export default function ExplainPanel({ metric }: { metric: string }): ReactNode {
  const { filters } = useFilters();
  const metrics = useMetrics();
  const panels = usePanels();
  const info = metrics.data?.find((m) => m.name === metric);
  const query = metrics.data ? pageQuery({ metrics: [metric] }, filters, metrics.data, "none", "none") : null;
  const found = useResource<Explanation>(query ? `/metrics/${encodeURIComponent(metric)}/explain` : null, {
    q: query ? queryText(query) : "",
  });
  const data = found.data;
  return (
    <Panel kind="Figure" title={info?.label ?? metric} onClose={panels.close}>
      {(metrics.error || found.error) && !data ? (
        <Failed error={metrics.error ?? found.error} onRetry={() => void found.refetch()} />
      ) : !data ? (
        <Loading shape="rows" height={320} />
      ) : (
        <>
          <p className="lead-in">{data.definition || info?.description}</p>
          <p className="small ink-3">
            {data.period?.label ?? ""}
            {data.as_of ? `, as of ${longDay(data.as_of)}` : ""}
            {data.built_at ? `. Built ${moment(data.built_at)}` : ""}
          </p>
          <div className="actions">
            <button
              type="button"
              className="btn"
              disabled={data.rows_available === false}
              onClick={() =>
                panels.rows({
                  metric,
                  title: data.label || metric,
                  from: filters.from,
                  to: filters.to,
                  filters: query?.filters ?? [],
                })
              }
            >
              Show the rows
            </button>
          </div>
          <h3>Formula</h3>
          <p>{data.formula}</p>
          <h3>Tables under it</h3>
          <ul className="plain-list">
            {data.models.map((model) => (
              <li key={model.name}>
                <Link to={dataPage(window.location.search, { tab: "models", model: model.name })}>{model.name}</Link>{" "}
                <span className={model.tests_failed > 0 ? "bad small" : "small ink-3"}>
                  {model.tests_failed > 0
                    ? `${count(model.tests_failed)} of ${plural(model.tests_passed + model.tests_failed, "test", "tests")} ${model.tests_failed === 1 ? "fails" : "fail"}`
                    : `${plural(model.tests_passed, "test passes", "tests pass")}`}
                </span>
                <p className="small">{model.description}</p>
              </li>
            ))}
          </ul>
          {data.lineage.length > 0 && (
            <>
              <h3>Made from</h3>
              <details>
                <summary>
                  {plural(data.lineage.length, "table or source", "tables and sources")}, down to what was loaded
                </summary>
                <p className="small lineage-names">{data.lineage.join(", ")}</p>
              </details>
            </>
          )}
          {data.tests.length > 0 && (
            <details>
              <summary>{plural(data.tests.length, "test", "tests")}</summary>
              <ul className="plain-list small">
                {data.tests.map((test) => (
                  <li key={`${test.model} ${test.name}`}>
                    <code>{test.name}</code>{" "}
                    <span className={test.status === "fail" || test.status === "error" ? "bad" : "ink-3"}>
                      {status[test.status] ?? test.status}
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          )}
          <Sql text={data.sql} />
        </>
      )}
    </Panel>
  );
}
