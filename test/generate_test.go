package e2e

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// A generation that is killed leaves the warehouse as it was, and the next one ends
// as if nothing had happened.
func TestKilledGeneration(t *testing.T) {
	t.Parallel()
	world := []string{"generate", "--customers", "300", "--transactions", "60000", "--quiet"}
	before := emptyShop(t)
	loadLog(t, before, "mine.csv", generated(t)[0]+generated(t)[1])
	old := fingerprints(t, before)

	whole := shopWith(t, filepath.Join(before, warehouseFile))
	start := time.Now()
	well(t, whole, world...)
	took := time.Since(start)

	r := rand.New(rand.NewPCG(3, 4))
	midway := 0
	rounds := crashes(t, 3)
	for i := range rounds {
		dir := shopWith(t, filepath.Join(before, warehouseFile))
		wait := moment(r, i, rounds, took)
		cmd := command(t.Context(), dir, world...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() }) // it may have ended
		_ = cmd.Wait()                                                   // its exit code is looked at
		timer.Stop()
		if cmd.ProcessState.ExitCode() == 0 {
			continue
		}
		midway++
		is := fingerprints(t, dir)
		if _, all := is["bronze.loyalty_tiers"]; !all {
			// What is half there has names of its own, and is nobody's table.
			maps.DeleteFunc(is, func(name, _ string) bool { return filling(name) })
			if diff := differences(is, old); diff != "" {
				t.Fatalf("crash %d after %s: %s", i, wait, diff)
			}
		}
		well(t, dir, world...)
		if names := slices.Collect(maps.Keys(fingerprints(t, dir))); slices.ContainsFunc(names, filling) {
			t.Fatalf("crash %d after %s: left behind among %v", i, wait, names)
		}
		sameWorlds(t, dir, whole)
	}
	if midway == 0 {
		t.Error("no generation was killed before its end, so that nothing was tried")
	}
}

// filling says whether a table is being filled by a generation.
func filling(name string) bool {
	matched, err := filepath.Match("*__generating*", name)
	return err == nil && matched
}

// sameWorlds compares the transactions and customers of two shops.
func sameWorlds(t *testing.T, a, b string) {
	t.Helper()
	for _, table := range []string{"bronze.transactions", "bronze.customers", "truth.customers", "bronze.transaction_logs"} {
		sql := "select count(*) as n, sum(hash(r))::varchar as h from (select columns(c -> not starts_with(c, '_lo')) from " + table + ") r"
		one, other := well(t, a, "query", "--format", "csv", sql), well(t, b, "query", "--format", "csv", sql)
		if one != other {
			t.Fatalf("%s: %s, not %s", table, one, other)
		}
	}
}

// A folder of files that is being made when the process is killed is not there.
func TestKilledFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := command(t.Context(), dir, "generate", "--out", "made", "--customers", "300", "--transactions", "60000")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(300*time.Millisecond, func() { _ = cmd.Process.Kill() }) // it may have ended
	defer timer.Stop()
	_ = cmd.Wait() // its exit code is looked at
	_, err := os.Stat(filepath.Join(dir, "made"))
	if made := cmd.ProcessState.ExitCode() == 0; made != (err == nil) || err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Errorf("exit code %d, and the folder: %v", cmd.ProcessState.ExitCode(), err)
	}
}
