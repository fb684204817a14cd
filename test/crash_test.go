package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/generate"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// crashes is how often something is killed: a few times by default, and as often as
// KITH_CRASH says.
func crashes(t *testing.T, byDefault int) int {
	t.Helper()
	text := os.Getenv("KITH_CRASH")
	if text == "" {
		return byDefault
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal("KITH_CRASH: ", err)
	}
	return n
}

// moment gives when to kill in round i of n what takes some time: somewhere in the i-th of n
// equal parts of it, so that few rounds see its beginning, its middle and its end.
func moment(r *rand.Rand, i, n int, took time.Duration) time.Duration {
	part := took / time.Duration(n)
	return time.Duration(i)*part + time.Duration(r.Int64N(int64(part)))
}

// A build that is killed leaves each relation as it was or as it is to be, whole,
// and the next build ends as if nothing had happened.
func TestKilledBuild(t *testing.T) {
	t.Parallel()
	const oldLog, newLog = 4_000, 8_000
	r := rand.New(rand.NewPCG(1, 2))
	log := generated(t)
	before := emptyShop(t)
	loadLog(t, before, "old.csv", strings.Join(log[:oldLog], ""))
	build(t, before)
	loadLog(t, before, "new.csv", log[0]+strings.Join(log[oldLog:newLog], ""))
	old := fingerprints(t, before)

	after := shopWith(t, filepath.Join(before, warehouseFile))
	start := time.Now()
	build(t, after)
	took := time.Since(start)
	fresh := fingerprints(t, after)

	var midway int
	rounds := crashes(t, 4)
	for i := range rounds {
		dir := shopWith(t, filepath.Join(before, warehouseFile))
		wait := moment(r, i, rounds, took)
		t.Logf("crash %d after %s of %s", i, wait, took)
		if killed(t, dir, wait) {
			midway++
		}
		oneOrTheOther(t, dir, old, fresh)
		wholeArtifacts(t, dir)
		build(t, dir)
		if diff := differences(fingerprints(t, dir), fresh); diff != "" {
			t.Fatalf("after the next build: %s", diff)
		}
	}
	if midway == 0 {
		t.Error("no build was killed before its end, so that nothing was tried")
	}
}

// The same for each way to materialize, on models that take long enough to be hit:
// a table, an incremental merge and a snapshot.
func TestKilledMaterializations(t *testing.T) {
	t.Parallel()
	const first, second = "{round: 1}", "{round: 2}"
	source := files{
		"profiles.yml":       "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: " + warehouseFile + ", threads: 2}\n",
		"models/numbers.sql": "{{ config(materialized='table') }}\nselect i as id, i * {{ var('round') }} as v, timestamp '2024-01-0{{ var('round') }}' as updated_at from range(200000) as t(i)",
		"models/merged.sql":  "{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}\nselect * from {{ ref('numbers') }} where id % 2 = 0",
		"snapshots/kept.sql": "{% snapshot kept %}{{ config(target_schema='main', unique_key='id', strategy='timestamp', updated_at='updated_at') }}\nselect * from {{ ref('numbers') }} where id % 3 = 0{% endsnapshot %}",
	}
	before := project(t, source)
	build(t, before, "--vars", first)
	old := fingerprints(t, before)
	copyOf := func() string {
		dir := project(t, source)
		if err := copied(filepath.Join(before, warehouseFile), filepath.Join(dir, warehouseFile)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	after := copyOf()
	start := time.Now()
	build(t, after, "--vars", second)
	took := time.Since(start)
	fresh := fingerprints(t, after)
	r := rand.New(rand.NewPCG(3, 4))
	midway := 0
	rounds := crashes(t, 5)
	for i := range rounds {
		dir := copyOf()
		wait := moment(r, i, rounds, took)
		t.Logf("crash %d after %s of %s", i, wait, took)
		if killed(t, dir, wait, "--vars", second) {
			midway++
		}
		oneOrTheOther(t, dir, old, fresh)
		build(t, dir, "--vars", second)
		if diff := differences(fingerprints(t, dir), fresh); diff != "" {
			t.Fatalf("after the next build: %s", diff)
		}
	}
	if midway == 0 {
		t.Error("no build was killed before its end, so that nothing was tried")
	}
}

// generated gives the lines of a synthetic log, the header first.
func generated(t *testing.T) []string {
	t.Helper()
	var b strings.Builder
	if _, err := generate.SalesLog(t.Context(), &b, generate.Config{Rows: 10_000}); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(strings.Lines(b.String()))
}

// killed starts a build and kills it after some time. It says whether the build was
// still going on.
func killed(t *testing.T, dir string, after time.Duration, more ...string) bool {
	t.Helper()
	cmd := command(t.Context(), dir, append(modelsAlone(), more...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended
	defer timer.Stop()
	_ = cmd.Wait() // its exit code is looked at
	return cmd.ProcessState.ExitCode() != 0
}

// oneOrTheOther checks that each table is the old or the new one, and none is
// missing. A view shows what its tables hold, of which some may be old and some new.
// Reading comes first: it may be what follows a crash.
func oneOrTheOther(t *testing.T, dir string, old, fresh map[string]string) {
	t.Helper()
	is := fingerprints(t, dir)
	var views []string
	reading(t, dir, func(s warehouse.Session) {
		views = asked(t, s, "select schema_name || '.' || view_name from duckdb_views() where not internal")
	})
	for _, relation := range slices.Sorted(maps.Keys(fresh)) {
		if _, there := is[relation]; there && slices.Contains(views, relation) {
			continue
		}
		if is[relation] != old[relation] && is[relation] != fresh[relation] {
			t.Errorf("%s is %q, neither the old %q nor the new %q", relation, is[relation], old[relation], fresh[relation])
		}
	}
}

// wholeArtifacts checks that the artifacts are there whole or not at all.
func wholeArtifacts(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"manifest.json", "run_results.json"} {
		text, err := os.ReadFile(filepath.Join(dir, "target", name))
		if err == nil && !json.Valid(text) {
			t.Errorf("half of %s was written", name)
		}
	}
}

// differences names what two sets of fingerprints do not share; a relation that is
// left over is one of them.
func differences(is, want map[string]string) string {
	var out []string
	for _, relation := range slices.Sorted(maps.Keys(is)) {
		if is[relation] != want[relation] {
			out = append(out, fmt.Sprintf("%s is %q, want %q", relation, is[relation], want[relation]))
		}
	}
	for _, relation := range slices.Sorted(maps.Keys(want)) {
		if _, ok := is[relation]; !ok {
			out = append(out, relation+" is missing")
		}
	}
	return strings.Join(out, "; ")
}
