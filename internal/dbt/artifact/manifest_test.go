package artifact_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

func testMetadata() artifact.Metadata {
	at := time.Date(2026, 3, 1, 12, 30, 0, 123456000, time.UTC)
	return artifact.Metadata{
		GeneratedAt: at.Add(time.Second), InvocationID: "5f1c9cf0-0000-4000-8000-000000000001", InvocationStartedAt: at,
		Env: map[string]string{"team": "data"}, Generator: "kith 0.1.0",
	}
}

// pair is one entry of a JSON object, in its place.
type pair struct {
	Key   string
	Value any
}

// ordered reads JSON with objects as lists of pairs, so that order counts.
func ordered(t *testing.T, data []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	v, err := orderedValue(dec)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func orderedValue(dec *json.Decoder) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	var list []any
	var pairs []pair
	for dec.More() {
		var key any
		if delim == '{' {
			if key, err = dec.Token(); err != nil {
				return nil, err
			}
		}
		v, err := orderedValue(dec)
		if err != nil {
			return nil, err
		}
		if delim == '{' {
			pairs = append(pairs, pair{fmt.Sprint(key), v})
		} else {
			list = append(list, v)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if delim == '{' {
		return pairs, nil
	}
	return list, nil
}

func entry(v any, key string) any {
	pairs, _ := v.([]pair)
	for _, p := range pairs {
		if p.Key == key {
			return p.Value
		}
	}
	return nil
}

// sortMaps sorts what dbt writes in no order that means anything: the maps by
// unique id, and the lists of group_map and child_map.
func sortMaps(v any) []pair {
	doc, _ := v.([]pair)
	for _, section := range doc {
		entries, ok := section.Value.([]pair)
		if !ok || section.Key == "metadata" {
			continue
		}
		slices.SortFunc(entries, func(a, b pair) int { return strings.Compare(a.Key, b.Key) })
		if strings.HasSuffix(section.Key, "_map") {
			for _, e := range entries {
				list, _ := e.Value.([]any)
				slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
		}
	}
	return doc
}

// TestManifestAsDbt reads a manifest that dbt wrote and writes it again: each
// key of each resource must come back in dbt's place with dbt's value.
func TestManifestAsDbt(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"shop.json", "shop_changed.json"} {
		path := filepath.Join("testdata", name)
		m, meta, err := artifact.ReadManifest(path)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, got := sortMaps(ordered(t, theirs)), sortMaps(ordered(t, artifact.EncodeManifest(m, meta)))
		for k := range want {
			if k >= len(got) || want[k].Key != got[k].Key {
				t.Fatalf("section %d is not %s", k, want[k].Key)
			}
			if want[k].Key == "metadata" {
				compareMetadata(t, want[k].Value, got[k].Value)
				continue
			}
			if want[k].Key == "groups" {
				dropStrayConfig(want[k].Value)
			}
			if diff := cmp.Diff(want[k].Value, got[k].Value); diff != "" {
				t.Errorf("%s: %s (-dbt +ours)\n%s", name, want[k].Key, diff)
			}
		}
	}
}

// dropStrayConfig takes from groups the settings of the folder's models, which
// dbt puts there though they mean nothing for a group.
func dropStrayConfig(groups any) {
	list, _ := groups.([]pair)
	for _, g := range list {
		fields, _ := g.Value.([]pair)
		for k := range fields {
			if fields[k].Key == "config" {
				fields[k].Value = []pair{{"meta", entry(fields[k].Value, "meta")}}
			}
		}
	}
}

// compareMetadata compares keys and their order, and the values that don't tell one run from another.
func compareMetadata(t *testing.T, want, got any) {
	t.Helper()
	keys := func(v any) (out []string) {
		pairs, _ := v.([]pair)
		for _, p := range pairs {
			out = append(out, p.Key)
		}
		return out
	}
	if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
		t.Errorf("metadata: %s", diff)
	}
	for _, k := range []string{
		"dbt_schema_version", "dbt_version", "generated_at", "invocation_id", "env", "project_name", "project_id",
		"user_id", "adapter_type", "quoting",
	} {
		if diff := cmp.Diff(entry(want, k), entry(got, k)); diff != "" {
			t.Errorf("metadata %s: %s", k, diff)
		}
	}
}

// TestManifestReadsItself writes, reads, and writes again.
func TestManifestReadsItself(t *testing.T) {
	t.Parallel()
	m := sample(3)
	dir := t.TempDir()
	if err := artifact.WriteManifest(dir, m, testMetadata()); err != nil {
		t.Fatal(err)
	}
	back, meta, err := artifact.ReadManifest(filepath.Join(dir, artifact.ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	want, got := artifact.EncodeManifest(m, testMetadata()), artifact.EncodeManifest(back, meta)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
	if meta.Generator != "kith 0.1.0" || !meta.GeneratedAt.Equal(testMetadata().GeneratedAt) {
		t.Errorf("metadata %+v", meta)
	}
}

// TestManifestFillsIn writes resources with nothing but a name: every key and
// every setting is there with its default.
func TestManifestFillsIn(t *testing.T) {
	t.Parallel()
	shop, _, err := artifact.ReadManifest(filepath.Join("testdata", "shop.json"))
	if err != nil {
		t.Fatal(err)
	}
	whole := ordered(t, artifact.EncodeManifest(shop, testMetadata()))
	bare := manifest.New("shop", "duckdb")
	for id, n := range shop.Nodes {
		kept := &manifest.Node{UniqueID: id, Name: n.Name, ResourceType: n.ResourceType}
		if n.TestMetadata != nil {
			kept.TestMetadata = &manifest.TestMetadata{}
		}
		bare.Nodes[id] = kept
	}
	for id := range shop.Sources {
		bare.Sources[id] = &manifest.Source{UniqueID: id}
	}
	for id := range shop.Exposures {
		bare.Exposures[id] = &manifest.Exposure{UniqueID: id}
	}
	for id := range shop.UnitTests {
		bare.UnitTests[id] = &manifest.UnitTest{UniqueID: id}
	}
	empty := ordered(t, artifact.EncodeManifest(bare, testMetadata()))
	for _, section := range []string{"nodes", "sources", "exposures", "unit_tests"} {
		resources, _ := entry(whole, section).([]pair)
		for _, r := range resources {
			plain := entry(entry(empty, section), r.Key)
			for _, part := range []string{"", "config"} {
				want, got := r.Value, plain
				if part != "" {
					want, got = entry(want, part), entry(got, part)
				}
				if diff := cmp.Diff(keysOf(want), keysOf(got)); diff != "" {
					t.Errorf("%s %s: %s", r.Key, part, diff)
				}
			}
		}
	}
}

func keysOf(v any) []string {
	pairs, _ := v.([]pair)
	out := make([]string, 0, len(pairs))
	for _, p := range pairs {
		out = append(out, p.Key)
	}
	return out
}

// TestSettingsInFull: what a project writes for short is written out.
func TestSettingsInFull(t *testing.T) {
	t.Parallel()
	values := jinja.NewDict()
	values.SetStr("pre_hook", jinja.NewList("select 1"))
	values.SetStr("tags", "one")
	values.SetStr("docs", object("node_color", "red"))
	values.SetStr("latest_version_pointer", false)
	values.SetStr("mine", jinja.NewTuple(int64(1), 2.0, nil))
	m := manifest.New("p", "duckdb")
	m.Nodes["model.p.a"] = &manifest.Node{
		UniqueID: "model.p.a", ResourceType: manifest.Model, Config: manifest.NewConfig(values),
		Version: "1", LatestVersion: "1.5", DeprecationDate: "2030-01-01", Refs: []manifest.Ref{{Name: "b", Version: "v2"}},
		Compiled: true, CompiledCode: "select 1", ExtraCTEs: []manifest.InjectedCTE{{ID: "model.p.e", SQL: "x"}},
	}
	m.Nodes["operation.p.p-on-run-end-2"] = &manifest.Node{Name: "p-on-run-end-2", ResourceType: manifest.Operation}
	doc := ordered(t, artifact.EncodeManifest(m, testMetadata()))
	node := entry(entry(doc, "nodes"), "model.p.a")
	config := entry(node, "config")
	num := func(s string) json.Number { return json.Number(s) }
	for _, c := range []struct {
		got, want any
	}{
		{entry(config, "pre-hook"), []any{[]pair{{"sql", "select 1"}, {"transaction", true}, {"index", nil}}}},
		{entry(config, "pre_hook"), nil},
		{entry(config, "tags"), []any{"one"}},
		{entry(config, "docs"), []pair{{"show", true}, {"node_color", "red"}}},
		{entry(config, "latest_version_pointer"), []pair{{"enabled", false}, {"alias", nil}}},
		{entry(config, "mine"), []any{num("1"), num("2.0"), nil}},
		{entry(node, "version"), num("1")},
		{entry(node, "latest_version"), num("1.5")},
		{entry(node, "deprecation_date"), "2030-01-01T00:00:00+00:00"},
		{entry(node, "refs"), []any{[]pair{{"name", "b"}, {"package", nil}, {"version", "v2"}}}},
		{entry(node, "compiled"), true},
		{entry(node, "extra_ctes"), []any{[]pair{{"id", "model.p.e"}, {"sql", "x"}}}},
		{entry(entry(entry(doc, "nodes"), "operation.p.p-on-run-end-2"), "index"), num("2")},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Error(diff)
		}
	}
}

func object(pairs ...jinja.Value) *jinja.Dict {
	d := jinja.NewDict()
	for k := 0; k+1 < len(pairs); k += 2 {
		if key, ok := pairs[k].(string); ok {
			d.SetStr(key, pairs[k+1])
		}
	}
	return d
}

// sample makes a project of n models and as many tests, macros and sources.
func sample(n int) *manifest.Manifest {
	m := manifest.New("sample", "duckdb")
	sql := strings.Repeat("select a, b, c from {{ ref('other') }} where x = 'y'\n", 12)
	for k := range n {
		id := fmt.Sprintf("model.sample.m%04d", k)
		node := &manifest.Node{
			UniqueID: id, Name: id, ResourceType: manifest.Model, Package: "sample", Path: "a.sql", OriginalFilePath: "models/a.sql",
			FQN: []string{"sample", id}, Schema: "main", Alias: id, RawCode: sql, Language: "sql", CreatedAt: 1.5, RawLine: 1,
			Config:           manifest.NewConfig(object("materialized", "table", "tags", jinja.NewList("a"), "meta", object("k", int64(k)))),
			UnrenderedConfig: object("materialized", "table"), Meta: object("k", int64(k)), Tags: []string{"a"}, Access: "protected",
			Compiled: true, CompiledCode: sql, Description: "Größe \"quoted\" \\ \t\x01 end",
		}
		for c := range 8 {
			node.Columns = append(node.Columns, manifest.Column{Name: fmt.Sprintf("c%d", c), Description: "A column.", Meta: jinja.NewDict()})
		}
		if k > 0 {
			node.DependsOn.Nodes = []string{fmt.Sprintf("model.sample.m%04d", k-1)}
		}
		m.Nodes[id] = node
		macro := fmt.Sprintf("macro.sample.x%04d", k)
		m.Macros[macro] = &manifest.Macro{
			UniqueID: macro, Name: macro, SQL: sql, Meta: jinja.NewDict(), Docs: object("show", true, "node_color", nil),
		}
	}
	return m
}

func BenchmarkManifest(b *testing.B) {
	m := sample(1000)
	size := int64(len(artifact.EncodeManifest(m, testMetadata())))
	b.Run("Encode1000", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			artifact.EncodeManifest(m, testMetadata())
		}
	})
	b.Run("Write1000", func(b *testing.B) {
		b.SetBytes(size)
		dir := b.TempDir()
		for b.Loop() {
			if err := artifact.WriteManifest(dir, m, testMetadata()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Read1000", func(b *testing.B) {
		b.SetBytes(size)
		dir := b.TempDir()
		if err := artifact.WriteManifest(dir, m, testMetadata()); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, _, err := artifact.ReadManifest(filepath.Join(dir, artifact.ManifestFile)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestContractChecksumAsDbt makes the checksum that dbt recorded.
func TestContractChecksumAsDbt(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range []string{"shop.json", "shop_changed.json"} {
		m, _, err := artifact.ReadManifest(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for id, n := range m.Nodes {
			if got := manifest.SumContract(n); got != n.ContractChecksum {
				t.Errorf("%s in %s: got %q, want %q", id, name, got, n.ContractChecksum)
			}
			seen[n.ContractChecksum] = true
		}
	}
	if len(seen) != 3 { // none, before, and after the change
		t.Errorf("%d checksums", len(seen))
	}
}
