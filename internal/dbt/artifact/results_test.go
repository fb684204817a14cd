package artifact_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// TestRunResultsAsDbt reads the results that dbt wrote of a build and writes
// them again: every key in its place.
func TestRunResultsAsDbt(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "run_results_dbt.json")
	r, err := artifact.ReadRunResults(path)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, got := ordered(t, theirs), ordered(t, artifact.EncodeRunResults(r))
	if diff := cmp.Diff(keysOf(want), keysOf(got)); diff != "" {
		t.Error(diff)
	}
	compareMetadata(t, entry(want, "metadata"), entry(got, "metadata"))
	results, ok := entry(want, "results").([]any)
	ours, _ := entry(got, "results").([]any)
	if !ok || len(results) == 0 || len(results) != len(ours) {
		t.Fatalf("%d results, want %d", len(ours), len(results))
	}
	for k := range results {
		// Durations come back to the nanosecond, not to the last bit.
		roundSeconds(results[k])
		roundSeconds(ours[k])
		if diff := cmp.Diff(results[k], ours[k]); diff != "" {
			t.Errorf("result %d (-dbt +ours)\n%s", k, diff)
		}
	}
	if args, _ := entry(got, "args").([]pair); len(args) < 50 || entry(entry(got, "args"), "which") != "build" {
		t.Errorf("args: %v", args)
	}
}

func roundSeconds(result any) {
	fields, _ := result.([]pair)
	for k := range fields {
		if fields[k].Key == "execution_time" {
			if n, ok := fields[k].Value.(interface{ Float64() (float64, error) }); ok {
				f, _ := n.Float64()
				fields[k].Value = math.Round(f * 1e6)
			}
		}
	}
}

func TestRunResultsReadThemselves(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 1, 2, 3, 4000, time.UTC)
	yes, three := true, 3
	want := artifact.RunResults{
		Metadata: testMetadata(), ElapsedTime: 1500 * time.Millisecond,
		Args: map[string]any{"which": "build", "select": []any{"a", "b"}, "threads": int64(4), "vars": map[string]any{"x": nil}},
		Results: []artifact.RunResult{
			{
				UniqueID: "test.p.t", Status: artifact.Fail, ThreadID: "Thread-1", ExecutionTime: 250 * time.Millisecond,
				Timing:          []artifact.Timing{{Name: "compile", StartedAt: at, CompletedAt: at.Add(time.Second)}},
				AdapterResponse: map[string]any{"_message": "OK", "rows_affected": int64(2)}, Message: "Got 3 results",
				Failures: &three, Compiled: &yes, CompiledCode: "select 1", RelationName: `"p"."main"."t"`,
			},
			{
				UniqueID: "model.p.batches", Status: artifact.PartialSuccess, AdapterResponse: map[string]any{},
				BatchResults: &artifact.BatchResults{Successful: []artifact.BatchRange{{Start: at, End: at.Add(24 * time.Hour)}}},
			},
			{UniqueID: "seed.p.s", Status: artifact.Skipped, AdapterResponse: map[string]any{}},
		},
	}
	dir := filepath.Join(t.TempDir(), "target", "deep")
	if err := artifact.WriteRunResults(dir, want); err != nil {
		t.Fatal(err)
	}
	got, err := artifact.ReadRunResults(filepath.Join(dir, artifact.RunResultsFile))
	if err != nil {
		t.Fatal(err)
	}
	want.Metadata.SchemaVersion = "https://schemas.getdbt.com/dbt/run-results/v6.json"
	want.Metadata.DbtVersion = artifact.CompatibleVersion
	want.Metadata.Env["GENERATOR"] = "kith 0.1.0"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"test.p.t": "fail", "model.p.batches": "partial success", "seed.p.s": "skipped"}, got.Ended()); diff != "" {
		t.Error(diff)
	}
}

func TestSourcesReadThemselves(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 1, 2, 3, 0, time.UTC)
	want := artifact.SourceResults{
		Metadata: testMetadata(), ElapsedTime: time.Second,
		Results: []artifact.SourceResult{
			{
				UniqueID: "source.p.a.b", Status: artifact.Warn, MaxLoadedAt: at, SnapshottedAt: at.Add(time.Hour), Age: time.Hour,
				Criteria:        manifest.Freshness{WarnAfter: manifest.Threshold{Count: 1, Period: "hour"}, Filter: "x > 1"},
				AdapterResponse: map[string]any{}, ThreadID: "Thread-1", ExecutionTime: time.Millisecond,
			},
			{UniqueID: "source.p.a.c", Status: artifact.RuntimeError, Error: "no table c"},
		},
	}
	dir := t.TempDir()
	if err := artifact.WriteSources(dir, want); err != nil {
		t.Fatal(err)
	}
	got, err := artifact.ReadSources(filepath.Join(dir, artifact.SourcesFile))
	if err != nil {
		t.Fatal(err)
	}
	got.Metadata = want.Metadata
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]time.Time{"source.p.a.b": at}, got.Loaded()); diff != "" {
		t.Error(diff)
	}
}

// TestSourcesAsDbt: the keys of a file that dbt reads.
func TestSourcesAsDbt(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "sources_now.json")
	r, err := artifact.ReadSources(path)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := entry(ordered(t, theirs), "results").([]any)
	got, _ := entry(ordered(t, artifact.EncodeSources(r)), "results").([]any)
	for k := range want {
		if diff := cmp.Diff(keysOf(want[k]), keysOf(got[k])); diff != "" {
			t.Error(diff)
		}
	}
}

// TestCatalogAsDbt writes what dbt's catalog of two seeds says.
func TestCatalogAsDbt(t *testing.T) {
	t.Parallel()
	table := func(name string, columns ...string) artifact.CatalogTable {
		out := artifact.CatalogTable{UniqueID: "seed.shop." + name, Type: "BASE TABLE", Database: "shop", Schema: "main", Name: name}
		for k := 0; k < len(columns); k += 2 {
			out.Columns = append(out.Columns, artifact.CatalogColumn{Name: columns[k], Type: columns[k+1]})
		}
		return out
	}
	c := artifact.Catalog{Metadata: testMetadata(), Nodes: []artifact.CatalogTable{
		table("raw_customers", "id", "INTEGER", "name", "VARCHAR"), table("countries", "code", "VARCHAR", "name", "VARCHAR"),
	}}
	dir := t.TempDir()
	if err := artifact.WriteCatalog(dir, c); err != nil {
		t.Fatal(err)
	}
	read := func(path string) any {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return ordered(t, data)
	}
	want, got := read(filepath.Join("testdata", "catalog_dbt.json")), read(filepath.Join(dir, artifact.CatalogFile))
	if diff := cmp.Diff(keysOf(want), keysOf(got)); diff != "" {
		t.Error(diff)
	}
	for _, section := range []string{"nodes", "sources", "errors"} {
		if diff := cmp.Diff(entry(want, section), entry(got, section)); diff != "" {
			t.Errorf("%s (-dbt +ours)\n%s", section, diff)
		}
	}
}

func TestCatalogStats(t *testing.T) {
	t.Parallel()
	doc := ordered(t, artifact.EncodeCatalog(artifact.Catalog{
		Metadata: testMetadata(), Errors: []string{"no schema x"},
		Sources: []artifact.CatalogTable{{UniqueID: "source.p.a.b", Stats: []artifact.CatalogStat{
			{ID: "row_count", Label: "Rows", Value: int64(3), Include: true, Description: "Number of rows"},
		}}},
	}))
	stats := entry(entry(entry(doc, "sources"), "source.p.a.b"), "stats")
	if entry(entry(stats, "has_stats"), "value") != true || keysOf(stats)[1] != "row_count" {
		t.Errorf("%v", stats)
	}
	if diff := cmp.Diff([]any{"no schema x"}, entry(doc, "errors")); diff != "" {
		t.Error(diff)
	}
}

func TestReadingRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text string
		code fault.Code
		want string
	}{
		"broken.json":  {`{"metadata": `, fault.Invalid, "not valid JSON: line 1"},
		"other.json":   {`{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json"}}`, fault.Invalid, "expected v12 of manifest"},
		"list.json":    {`[]`, fault.Invalid, "not a JSON object"},
		"old.json":     {`{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v4.json"}}`, fault.Invalid, "manifest/v4.json"},
		"missing.json": {"", fault.NotFound, "cannot read"},
	} {
		path := filepath.Join(dir, name)
		if c.text != "" {
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err := artifact.ReadManifest(path)
		if !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// TestWritingLeavesNoPieces: a write that fails keeps the old file and leaves nothing beside it.
func TestWritingLeavesNoPieces(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	taken := filepath.Join(dir, artifact.RunResultsFile)
	if err := os.MkdirAll(filepath.Join(taken, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := artifact.WriteRunResults(dir, artifact.RunResults{}); !fault.Is(err, fault.Disk) {
		t.Errorf("got %v", err)
	}
	if err := artifact.WriteRunResults(filepath.Join(dir, "file", "below"), artifact.RunResults{}); err != nil {
		t.Errorf("a folder that isn't there: %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v %v", entries, err)
	}
	file := filepath.Join(dir, "plain")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := artifact.WriteRunResults(filepath.Join(file, "below"), artifact.RunResults{}); !fault.Is(err, fault.Disk) {
		t.Errorf("a file for a folder: %v", err)
	}
}

func TestLoadState(t *testing.T) {
	t.Parallel()
	dir, target := t.TempDir(), t.TempDir()
	s, err := artifact.LoadState(dir, target)
	if err != nil || s.Manifest != nil || s.Results != nil || s.Sources != nil || s.SourcesNow != nil {
		t.Fatalf("empty folders: %+v, %v", s, err)
	}
	if err := artifact.WriteManifest(dir, sample(2), testMetadata()); err != nil {
		t.Fatal(err)
	}
	if err := artifact.WriteRunResults(dir, artifact.RunResults{Results: []artifact.RunResult{{UniqueID: "a", Status: artifact.Error}}}); err != nil {
		t.Fatal(err)
	}
	if err := artifact.WriteSources(target, artifact.SourceResults{}); err != nil {
		t.Fatal(err)
	}
	s, err = artifact.LoadState(dir, target)
	if err != nil || len(s.Manifest.Nodes) != 2 || s.Results["a"] != "error" || s.Sources != nil || s.SourcesNow == nil {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := os.WriteFile(filepath.Join(dir, artifact.SourcesFile), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := artifact.LoadState(dir, target); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a broken file: %v", err)
	}
}
