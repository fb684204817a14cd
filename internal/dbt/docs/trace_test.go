package docs_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/docs"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func memory(t *testing.T) warehouse.Session {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Path: duckdb.Memory, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	s, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func model(name, materialized, code string, parents ...string) *manifest.Node {
	config := manifest.NewConfig(jinja.NewDict())
	config.Set("materialized", materialized)
	return &manifest.Node{
		UniqueID: "model.shop." + name, Name: name, Alias: name, ResourceType: manifest.Model, Package: "shop",
		Database: "shop", Schema: "main", Config: config, CompiledCode: code, DependsOn: manifest.DependsOn{Nodes: parents},
	}
}

// shop has a source in the warehouse, a view and a table that are not built, an
// ephemeral model between them, and a model whose SQL is wrong.
func shop() (*manifest.Manifest, []string, []artifact.CatalogTable) {
	m := manifest.New("shop", "duckdb")
	source := func(name string) {
		id := "source.shop.raw." + name
		m.Sources[id] = &manifest.Source{UniqueID: id, Name: name, SourceName: "raw", Database: "shop", Schema: "Raw", Identifier: "Orders", Config: manifest.NewConfig(jinja.NewDict())}
	}
	source("orders")
	source("same_orders")
	var order []string
	for _, n := range []*manifest.Node{
		model("stage", "view", `select id, amount as paid from "shop"."raw"."orders" where id > 0`, "source.shop.raw.same_orders"),
		model("clean", "ephemeral", `select id, paid * 2 as paid from "shop"."main"."stage"`, "model.shop.stage"),
		model("totals", "incremental", `with __dbt__cte__clean as (select id, paid * 2 as paid from "shop"."main"."stage")
			select id, sum(paid) as total from __dbt__cte__clean where id > (select max(id) from shop.main.totals) group by id`, "model.shop.clean"),
		model("wrong", "table", "select nothing from stage", "model.shop.stage"),
		model("left_out", "table", ""),
	} {
		m.Nodes[n.UniqueID] = n
		order = append(order, n.UniqueID)
	}
	return m, order, []artifact.CatalogTable{
		{Database: "shop", Schema: "raw", Name: "orders", Type: "BASE TABLE", Columns: []artifact.CatalogColumn{{Name: "id", Type: "INTEGER"}, {Name: "amount", Type: "DOUBLE"}}},
		{Database: "shop", Schema: "main", Name: "totals", Type: "BASE TABLE", Columns: []artifact.CatalogColumn{{Name: "id", Type: "INTEGER"}, {Name: "total", Type: "DOUBLE"}}},
		{Database: "shop", Schema: "main", Name: "unrelated", Type: "BASE TABLE", Columns: []artifact.CatalogColumn{{Name: "x", Type: "NO_SUCH_TYPE"}}},
	}
}

func TestTraceProject(t *testing.T) {
	t.Parallel()
	m, order, tables := shop()
	got, err := docs.Trace(t.Context(), docs.TraceRequest{Session: memory(t), Manifest: m, Order: order, Tables: tables, Database: "shop", Schema: "main"})
	if err != nil {
		t.Fatal(err)
	}
	source := func(column, kind string) docs.Origin {
		return docs.Origin{Parent: "source.shop.raw.same_orders", Column: column, Kind: kind}
	}
	from := func(parent, column, kind string) docs.Origin {
		return docs.Origin{Parent: "model.shop." + parent, Column: column, Kind: kind}
	}
	want := map[string]docs.NodeLineage{
		"model.shop.stage": {
			Columns: []docs.ColumnLineage{{Name: "id", From: []docs.Origin{source("id", "identity")}}, {Name: "paid", From: []docs.Origin{source("amount", "identity")}}},
			Rows:    []docs.Origin{source("id", "filter")},
		},
		"model.shop.clean": {
			Columns: []docs.ColumnLineage{{Name: "id", From: []docs.Origin{from("stage", "id", "identity")}}, {Name: "paid", From: []docs.Origin{from("stage", "paid", "transformed")}}},
		},
		"model.shop.totals": {
			Columns: []docs.ColumnLineage{{Name: "id", From: []docs.Origin{from("clean", "id", "identity")}}, {Name: "total", From: []docs.Origin{from("clean", "paid", "aggregated")}}},
			Rows:    []docs.Origin{from("clean", "id", "filter"), from("clean", "id", "group")},
		},
		"model.shop.wrong":    {Unknown: `Binder Error: Referenced column "nothing" not found in FROM clause!`},
		"model.shop.left_out": {Unknown: "its SQL was not compiled"},
	}
	for id, n := range got.Nodes {
		if n.Unknown != "" && id == "model.shop.wrong" {
			n.Unknown = n.Unknown[:min(len(n.Unknown), len(want[id].Unknown))]
			got.Nodes[id] = n
		}
	}
	if diff := cmp.Diff(want, got.Nodes); diff != "" {
		t.Error(diff)
	}
	if known, all := got.Coverage(); known != 6 || all != 8 {
		t.Errorf("%d of %d columns are known, want 6 of 8", known, all)
	}
}

func TestTraceProjectIsStopped(t *testing.T) {
	t.Parallel()
	m, order, tables := shop()
	s := memory(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := docs.Trace(ctx, docs.TraceRequest{Session: s, Manifest: m, Order: order, Tables: tables}); err == nil {
		t.Error("a stopped trace gave a lineage")
	}
}

func TestInspectAndCatalogOf(t *testing.T) {
	t.Parallel()
	s := memory(t)
	_, err := s.Exec(t.Context(), `ATTACH ':memory:' AS shop; CREATE SCHEMA shop.raw; CREATE TABLE shop.raw.orders (id INTEGER, amount DECIMAL(10,2));
		COMMENT ON TABLE shop.raw.orders IS 'All orders'; COMMENT ON COLUMN shop.raw.orders.id IS 'Number'; CREATE VIEW shop.main.stage AS SELECT id FROM shop.raw.orders`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := docs.Inspect(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	m, _, _ := shop()
	got := docs.CatalogOf(m, tables, func(id string) bool { return id != "source.shop.raw.same_orders" })
	want := artifact.Catalog{
		Nodes: []artifact.CatalogTable{{UniqueID: "model.shop.stage", Type: "VIEW", Database: "shop", Schema: "main", Name: "stage", Columns: []artifact.CatalogColumn{{Name: "id", Type: "INTEGER"}}}},
		Sources: []artifact.CatalogTable{{
			UniqueID: "source.shop.raw.orders", Type: "BASE TABLE", Database: "shop", Schema: "raw", Name: "orders", Comment: "All orders",
			Columns: []artifact.CatalogColumn{{Name: "id", Type: "INTEGER", Comment: "Number"}, {Name: "amount", Type: "DECIMAL(10,2)"}},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	dir := t.TempDir()
	if err := artifact.WriteCatalog(dir, got); err != nil {
		t.Fatal(err)
	}
	back, err := artifact.ReadCatalog(dir + "/" + artifact.CatalogFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]artifact.CatalogTable{got.Nodes, got.Sources}, [][]artifact.CatalogTable{back.Nodes, back.Sources}); diff != "" {
		t.Errorf("the catalog does not come back (-wrote +read):\n%s", diff)
	}
	if !slices.ContainsFunc(tables, func(t artifact.CatalogTable) bool { return t.Name == "orders" }) {
		t.Error("the relations lack orders")
	}
}
