package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestBenchDbt builds a project of 30 models, 5 seeds and 60 tests beside dbt, in
// turns, both as whole processes that keep their warehouse between the rounds.
// dbt may use what it cached of the project.
func TestBenchDbt(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
	more := thirtyModels()
	dir := project(t, more)
	name := "build_30_models"
	dbt, err := exec.LookPath("dbt")
	if err != nil {
		start := time.Now()
		well(t, dir, "build", "--quiet")
		fmt.Printf("bench: %s ours=%.3fs ref=none(no dbt on the PATH) ratio=none\n", name, time.Since(start).Seconds())
		return
	}
	theirs := project(t, more)
	home := t.TempDir()
	var ours, refs []time.Duration
	for range 4 {
		start := time.Now()
		well(t, dir, "build", "--quiet")
		ours = append(ours, time.Since(start))
		cmd := exec.CommandContext(t.Context(), dbt, "--no-send-anonymous-usage-stats", "--quiet", "build")
		cmd.Dir = theirs
		cmd.Env = append(os.Environ(), "HOME="+home)
		start = time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("dbt build: %v\n%s", err, out)
		}
		refs = append(refs, time.Since(start))
	}
	printBench(name, median(ours), median(refs))
}

// thirtyModels gives six layers of five models over five seeds, with two tests each.
func thirtyModels() files {
	more := files{}
	var schema strings.Builder
	schema.WriteString("models:\n")
	for i := range 5 {
		var rows strings.Builder
		rows.WriteString("id,amount\n")
		for n := range 50 {
			fmt.Fprintf(&rows, "%d,%d\n", n, n*(i+1))
		}
		more[fmt.Sprintf("seeds/s%d.csv", i)] = rows.String()
	}
	for layer := range 6 {
		for i := range 5 {
			parent := fmt.Sprintf("s%d", i)
			if layer > 0 {
				parent = fmt.Sprintf("m%d_%d", layer-1, (i+1)%5)
			}
			kind := "table"
			if layer%2 == 1 {
				kind = "view"
			}
			more[filepath.ToSlash(fmt.Sprintf("models/l%d/m%d_%d.sql", layer, layer, i))] = fmt.Sprintf(
				"{{ config(materialized='%s') }}\nselect id, amount + %d as amount from {{ ref('%s') }}\n", kind, layer, parent)
			fmt.Fprintf(&schema, "  - name: m%d_%d\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\n", layer, i)
		}
	}
	more["models/schema.yml"] = schema.String()
	return more
}
