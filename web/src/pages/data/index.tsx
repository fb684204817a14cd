import { lazy, type ReactNode, Suspense } from "react";
import { Link, useLocation } from "react-router";
import { Waterfall } from "../../blocks/waterfall";
import type { BlockDef } from "../../dashboards/types";
import type { FindingCase } from "../../finding/finding";
import { moment } from "../../lib/dates";
import { useFilters, useParam } from "../../lib/filters";
import { dataPage } from "../../lib/url";
import { Loading } from "../../ui/states";
import { PageHead } from "../head";
import { Models } from "./models";
import { Rejects } from "./rejects";
import { Runs } from "./runs";
import { Sources } from "./sources";
import { Tests } from "./tests";

const LineageGraph = lazy(() => import("./lineage"));

const tabs = [
  { name: "runs", label: "Runs" },
  { name: "lineage", label: "Lineage" },
  { name: "tests", label: "Tests" },
  { name: "sources", label: "Sources" },
  { name: "waterfall", label: "Loss waterfall" },
  { name: "rejects", label: "Rejects" },
  { name: "models", label: "Tables" },
] as const;

/** What is said of the lines that came in. */
export const lossFinding: FindingCase[] = [
  { when: "rows = 0", text: "No line has been loaded." },
  { when: "lost_lines = 0 and all_lines = 1", text: "The one line is a sale." },
  { when: "lost_lines = 0", text: "Every one of {{ count(all_lines) }} lines is a sale." },
  {
    text: '{{ count(sale_lines) }} of {{ count(all_lines) }} {{ choose(all_lines = 1, "line", "lines") }} {{ choose(sale_lines = 1, "is a sale to a known customer", "are sales to known customers") }}, {{ pct(kept, 1) }}; each other line has one reason.',
  },
];

const waterfall: BlockDef = {
  name: "waterfall",
  kind: "waterfall",
  title: "What became of the lines that came in",
  width: 12,
  finding: lossFinding,
  note: "Each line is in exactly one class; the classes add up to all of them.",
};

/** Where the figures come from: runs, lineage, tests, freshness, what was left out and why, and the tables' own words. */
export default function Data(): ReactNode {
  const { session } = useFilters();
  const { search } = useLocation();
  const [chosen] = useParam("tab");
  const tab = tabs.find((t) => t.name === chosen)?.name ?? "runs";
  return (
    <>
      <PageHead
        title="Data"
        line={
          session.built_at ? `Built ${moment(session.built_at)}, data version ${session.data_version}` : "Not built yet"
        }
      />
      <nav className="tabs" aria-label="Parts of the data">
        {tabs.map((t) => (
          <Link key={t.name} to={dataPage(search, { tab: t.name })} aria-current={t.name === tab ? "page" : undefined}>
            {t.label}
          </Link>
        ))}
      </nav>
      <div className="row">
        {tab === "runs" && <Runs />}
        {tab === "lineage" && (
          <Suspense fallback={<Loading shape="bars" height={400} />}>
            <LineageGraph />
          </Suspense>
        )}
        {tab === "tests" && <Tests />}
        {tab === "sources" && <Sources />}
        {tab === "waterfall" && <Waterfall def={waterfall} />}
        {tab === "rejects" && <Rejects />}
        {tab === "models" && <Models />}
      </div>
    </>
  );
}
