import { Command } from "cmdk";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useMetrics, useResource } from "../api/queries";
import type { Page, SearchHit } from "../api/resources";
import { usePanels } from "../dashboards/panels";
import { useFilters } from "../lib/filters";
import { setTheme } from "../lib/theme";
import { keptSearch, presets } from "../lib/url";
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
  if (model) return `/data?tab=models&model=${model}`;
  const text = next.toString();
  return path + (text ? `?${text}` : "");
}

const plural = { customer: "Customers", metric: "Figures", page: "Pages", model: "Tables", segment: "Segments" };

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
          <Command.Group heading="Pages">
            {pages
              .filter((p) => fits(p.name))
              .map((p) => (
                <Command.Item
                  key={p.path}
                  value={`page ${p.path}`}
                  onSelect={go(() => void navigate({ pathname: p.path, search: kept }))}
                >
                  {p.name}
                </Command.Item>
              ))}
          </Command.Group>
          {kinds.map((kind) => (
            <Command.Group key={kind} heading={plural[kind]}>
              {hits
                .filter((h) => h.kind === kind)
                .map((h) => (
                  <Command.Item
                    key={h.url}
                    value={`${kind} ${h.url}`}
                    onSelect={go(() => void navigate(within(h, kept)))}
                  >
                    {h.title} <small>{h.subtitle}</small>
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
          <Command.Group heading="Figures">
            {(metrics.data ?? [])
              .filter((m) => wanted !== "" && (fits(m.label) || fits(m.name)))
              .slice(0, 8)
              .map((m) => (
                <Command.Item key={m.name} value={`metric ${m.name}`} onSelect={go(() => panels.explain(m.name))}>
                  {m.label} <small>What it is and where it comes from</small>
                </Command.Item>
              ))}
          </Command.Group>
          <Command.Group heading="Do">
            {presets
              .filter((p) => fits(`Range: ${p.label}`))
              .map((p) => (
                <Command.Item
                  key={p.name}
                  value={`range ${p.name}`}
                  onSelect={go(() => setParams({ range: p.name, from: null, to: null }))}
                >
                  Range: {p.label}
                </Command.Item>
              ))}
            {(["light", "dark", "system"] as const)
              .filter((t) => fits(`Theme: ${t}`))
              .map((t) => (
                <Command.Item key={t} value={`theme ${t}`} onSelect={go(() => setTheme(t))}>
                  Theme: {t}
                </Command.Item>
              ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
