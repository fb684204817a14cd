package e2e

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	docsModels = 1000
	// docsSizeGoal is what the page of 1,000 models may weigh, compressed, with all
	// its data and code.
	docsSizeGoal = 300 << 10
	// docsGoal is the time that docs generate may take for 1,000 models.
	docsGoal = 10 * time.Second
	// docsRenderGoal is what the page may take longer than an empty one until it
	// has rendered.
	docsRenderGoal = time.Second
)

// TestBenchDocs documents a generated project of 1,000 models with ten columns
// each. It runs with KITH_BENCH=1 only.
func TestBenchDocs(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
	dir := project(t, manyDocumented())
	start := time.Now()
	well(t, dir, "docs", "generate", "--static")
	took := time.Since(start)
	fmt.Printf("bench: docs_generate_1000_models ours=%dms ref=%dms ratio=%.2f\n", took.Milliseconds(), docsGoal.Milliseconds(), float64(took)/float64(docsGoal))
	path := filepath.Join(dir, "target", "docs.html")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(page); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("bench: docs_page_1000_models_size_gzip ours=%dKB ref=%dKB ratio=%.2f\n", packed.Len()>>10, docsSizeGoal>>10, float64(packed.Len())/float64(docsSizeGoal))
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is not installed, so there is no time to the first render:", err)
	}
	empty := filepath.Join(dir, "empty.html")
	if err := os.WriteFile(empty, []byte("<!doctype html><title>empty</title><p>empty"), 0o600); err != nil {
		t.Fatal(err)
	}
	base, whole := renderTime(t, program, empty, "empty"), renderTime(t, program, path, "1,000")
	extra := max(0, whole-base)
	fmt.Printf("bench: docs_page_1000_models_first_render ours=%dms ref=%dms ratio=%.2f\n", extra.Milliseconds(), docsRenderGoal.Milliseconds(), float64(extra)/float64(docsRenderGoal))
}

// renderTime is the median wall time until a browser has rendered a page, its
// own start and end included.
func renderTime(t *testing.T, program, path, want string) time.Duration {
	t.Helper()
	times := make([]time.Duration, 5)
	for i := range times {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		start := time.Now()
		out, err := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+path).Output()
		times[i] = time.Since(start)
		cancel()
		if err != nil || !strings.Contains(string(out), want) {
			t.Fatalf("the page did not render: %v", err)
		}
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// manyDocumented is a project of models in three layers, each of up to three others.
func manyDocumented() files {
	name := func(i int) string {
		return []string{"stg", "int", "int", "mart"}[i*4/docsModels] + fmt.Sprintf("_%04d", i)
	}
	out := files{}
	var yml strings.Builder
	yml.WriteString("sources:\n  - name: raw\n    tables:\n      - name: lines\n        columns:\n")
	for c := range 10 {
		fmt.Fprintf(&yml, "          - {name: col_%d, data_type: integer}\n", c)
	}
	yml.WriteString("models:\n")
	for i := range docsModels {
		sql := "select * from {{ source('raw', 'lines') }} where col_0 > " + strconv.Itoa(i)
		if i >= docsModels/4 {
			sql = "select a.* replace (a.col_1 + b.col_1 as col_1, sum(c.col_2) over (partition by a.col_0) as col_2)\n" +
				"from {{ ref('" + name(i-docsModels/4) + "') }} as a\nleft join {{ ref('" + name(i/3) + "') }} as b on a.col_0 = b.col_0\n" +
				"left join {{ ref('" + name(i/2) + "') }} as c on a.col_0 = c.col_0"
		}
		layer, _, _ := strings.Cut(name(i), "_")
		out[fmt.Sprintf("models/%s/area_%d/%s.sql", layer, i%7, name(i))] = sql
		fmt.Fprintf(&yml, "  - name: %s\n    description: Model %d of the layer %s, with what people write about it.\n    columns:\n", name(i), i, layer)
		for c := range 10 {
			fmt.Fprintf(&yml, "      - {name: col_%d, description: Column %d of model %d.}\n", c, c, i)
		}
	}
	out["models/schema.yml"] = yml.String()
	return out
}
