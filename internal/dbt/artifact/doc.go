// Package artifact writes and reads the JSON files by which dbt projects talk to
// the outside: manifest.json (v12), run_results.json (v6), sources.json (v3) and
// catalog.json (v1), in the shapes that dbt 1.12 writes.
//
// Writers are deterministic: the same project, results, clock and ids give the
// same bytes. Where dbt's own order is arbitrary the keys are sorted. Files
// appear whole or not at all: they are written beside their place and renamed.
//
// Clock and ids never come from here; the caller gives them in Metadata.
package artifact
