package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestBenchParse reads a project of 1,000 models with a test each. The reference is
// dbt from nothing, where there is one on the PATH; both are whole processes.
func TestBenchParse(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
	const models = 1000
	more := files{}
	var schema strings.Builder
	schema.WriteString("models:\n")
	for i := range models {
		from := "select 1 as id, 2 as amount"
		if i > 0 {
			from = fmt.Sprintf("select id, amount from {{ ref('m%d') }}", i/2)
		}
		more[fmt.Sprintf("models/m%d.sql", i)] = "{{ config(materialized='view', tags=['generated']) }}\n\n" + from +
			"\n{% for n in [1, 2, 3] %}union all select {{ n }}, {{ var('amount', 5) }} {% endfor %}\n{% if target.name == 'prod' %}limit 10{% endif %}\n"
		fmt.Fprintf(&schema, "  - name: m%d\n    description: Model %[1]d\n    columns:\n      - name: id\n        data_tests: [not_null]\n", i)
	}
	more["models/schema.yml"] = schema.String()
	dir := project(t, more)
	var ours []time.Duration
	for range 5 {
		start := time.Now()
		well(t, dir, "parse", "--quiet")
		ours = append(ours, time.Since(start))
	}
	name := fmt.Sprintf("parse_%d_models", models)
	ref, ok := dbtParse(t, dir)
	if !ok {
		fmt.Printf("bench: %s ours=%.3fs ref=none(no dbt on the PATH) ratio=none\n", name, median(ours).Seconds())
		return
	}
	printBench(name, median(ours), ref)
}

// dbtParse gives the time of `dbt parse`, and false where there is no dbt.
func dbtParse(t *testing.T, dir string) (time.Duration, bool) {
	t.Helper()
	dbt, err := exec.LookPath("dbt")
	if err != nil {
		return 0, false
	}
	var all []time.Duration
	for range 3 {
		cmd := exec.CommandContext(t.Context(), dbt, "--no-partial-parse", "--no-send-anonymous-usage-stats", "parse", "--target-path", t.TempDir())
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Logf("dbt cannot parse the project: %v\n%s", err, out)
			return 0, false
		}
		all = append(all, time.Since(start))
	}
	return median(all), true
}
