import { Command } from "cmdk";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useMetrics, useResource } from "../api/queries";
import type { Page, SearchHit } from "../api/resources";
import { usePanels } from "../dashboards/panels";
import { useFilters } from "../lib/filters";
import { setTheme } from "../lib/theme";
import { dataPage, keptSearch, presets } from "../lib/url";
import { Dialog } from "./dialog";
import { pages } from "./pages";

/** A value that has stood still for a while. */
function useSettled<T>(value: T, wait: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}

/** Where a hit leads, with the filters of the page; a segment opens its panel. */
function within(hit: SearchHit, kept: string): string {
  const [path = "/", query = ""] = hit.url.split("?");
  const own = new URLSearchParams(query);
  const next = new URLSearchParams(kept);
  const [kind, segment] = [own.get("kind"), own.get("segment")];
  if (hit.kind === "segment" && kind && segment) next.set("pick", `${kind}:${segment}`);
  else for (const [name, value] of own) next.set(name, value);
  const model = /^\/data\/models\/(.+)$/.exec(path)?.[1];
  if (model) return dataPage(kept, { tab: "models", model: decodeURIComponent(model) });
  const text = next.toString();
  return path + (text ? `?${text}` : "");
}

const plural = { customer: "Customers", metric: "Figures", page: "Pages", model: "Tables", segment: "Segments" };

interface Entry {
  value: string;
  face: string;
  hint?: string;
  act: () => void;
}

/** What was found of one sort; without any, no heading either. */
function Group({ heading, items }: { heading: string; items: Entry[] }): ReactNode {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {items.map((item) => (
        <Command.Item key={item.value} value={item.value} onSelect={item.act}>
          {item.face} {item.hint !== undefined && <small>{item.hint}</small>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Everything by name: pages, figures, segments, customers, tables, and what can be done. */
export default function Palette({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), 120);
  const navigate = useNavigate();
  const { search } = useLocation();
  const { setParams } = useFilters();
  const panels = usePanels();
  const metrics = useMetrics();
  const found = useResource<Page<SearchHit>>(open && asked.length > 1 ? "/search" : null, { q: asked });
  const go =
    (act: () => void): (() => void) =>
    () => {
      onClose();
      setText("");
      act();
    };
  const kept = keptSearch(new URLSearchParams(search));
  const wanted = text.trim().toLowerCase();
  const fits = (label: string): boolean => label.toLowerCase().includes(wanted);
  const hits = (found.data?.items ?? []).filter((h) => h.kind !== "page" && h.kind !== "metric");
  const kinds = [...new Set(hits.map((h) => h.kind))];
  return (
    <Dialog title="Search" hideTitle open={open} onClose={onClose} className="palette">
      <Command shouldFilter={false} label="Search pages, figures, segments, customers and tables">
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Search pages, figures, customers, tables"
          autoFocus
        />
        <Command.List>
          <Command.Empty>{found.isFetching ? "Searching…" : "Nothing of that name."}</Command.Empty>
          <Group
            heading="Pages"
            items={pages
              .filter((p) => fits(p.name))
              .map((p) => ({
                value: `page ${p.path}`,
                face: p.name,
                act: go(() => void navigate({ pathname: p.path, search: kept })),
              }))}
          />
          {kinds.map((kind) => (
            <Group
              key={kind}
              heading={plural[kind]}
              items={hits
                .filter((h) => h.kind === kind)
                .map((h) => ({
                  value: `${kind} ${h.url}`,
                  face: h.title,
                  hint: h.subtitle,
                  act: go(() => void navigate(within(h, kept))),
                }))}
            />
          ))}
          <Group
            heading="Figures"
            items={(metrics.data ?? [])
              .filter((m) => wanted !== "" && (fits(m.label) || fits(m.name)))
              .slice(0, 8)
              .map((m) => ({
                value: `metric ${m.name}`,
                face: m.label,
                hint: "What it is and where it comes from",
                act: go(() => panels.explain(m.name)),
              }))}
          />
          <Group
            heading="Do"
            items={[
              ...presets.map((p) => ({
                value: `range ${p.name}`,
                face: `Range: ${p.label}`,
                act: go(() => setParams({ range: p.name, from: null, to: null })),
              })),
              ...(["light", "dark", "system"] as const).map((t) => ({
                value: `theme ${t}`,
                face: `Theme: ${t}`,
                act: go(() => setTheme(t)),
              })),
            ].filter((item) => fits(item.face))}
          />
        </Command.List>
      </Command>
    </Dialog>
  );
}
