// Package docs documents a project: it reads what the warehouse has of it, traces
// where its columns come from, and shows both on a page.
//
//	warehouse --Inspect--> relations --CatalogOf--> catalog.json
//	                           |
//	manifest (compiled SQL) ---+--Trace--> column_lineage.json
//
//	manifest.json + catalog.json + run_results.json + sources.json
//	    + column_lineage.json --Read--> Site --> Server, WritePage
//
// The page is plain HTML, CSS and scripts, embedded in the binary. It loads
// nothing from elsewhere, and its policy forbids scripts within the page; texts
// of the project reach it as data and become text nodes, never markup.
//
// # What the server answers
//
// All answers are GET (and HEAD), carry an ETag and are not to be kept without
// asking again, so that a page that asks every few seconds sees artifacts change.
//
//	/                        the page
//	/assets/NAME             its styles and scripts
//	/api/project.json        the Site: all that search, pages and graphs need
//	/api/code.json?id=ID     {"raw": "...", "compiled": "..."} of a node or macro;
//	                         404 {"error": "..."} where there is none
//	/manifest.json, /catalog.json, /run_results.json, /sources.json,
//	/column_lineage.json     the artifacts as they lie in the target folder, 404 without
//
// Where the artifacts cannot be read, /api/project.json is 503 {"error": "..."}:
// one line that says what to do.
package docs
