package cli_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallWorld are the flags of a world that is drawn in a moment.
func smallWorld(more ...string) []string {
	return append([]string{"generate", "--customers", "60", "--transactions", "1500"}, more...)
}

func TestGenerateFillsTheWarehouse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	well(t, dir, "init", "shop")
	shop := filepath.Join(dir, "shop")
	first := well(t, shop, smallWorld()...)
	for _, want := range []string{"rows into bronze.transactions", "synthetic:seed=1,customers=60,transactions=1500", "9 December 2025", "Next: kith build"} {
		if !strings.Contains(first.stdout, want) {
			t.Errorf("%q is missing in\n%s", want, first.stdout)
		}
	}
	if again := well(t, shop, smallWorld()...); !strings.HasPrefix(again.stdout, "Nothing added: ") {
		t.Error("again: ", again.stdout)
	}
	if more := well(t, shop, "generate", "--more", "2"); !strings.Contains(more.stdout, "10 December 2025 to 11 December 2025") {
		t.Error("more: ", more.stdout)
	}
	if got := well(t, shop, "query", "--format", "csv", "select count(*) > 1500, min(_file) from bronze.transactions"); !strings.Contains(got.stdout, "true,\"synthetic:seed=1,customers=60,transactions=1500\"") {
		t.Error("the rows are not marked: ", got.stdout)
	}
	if other := kith(t, shop, smallWorld("--seed", "2")...); other.code != 1 || !strings.Contains(other.stderr, "--replace") {
		t.Errorf("another world: %+v", other)
	}
	well(t, shop, smallWorld("--seed", "2", "--replace", "--quiet")...)
}

func TestGenerateRefusesInOneLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	well(t, dir, "init", "shop")
	full := filepath.Join(dir, "full")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		`there is no scale "huge"`:                       {"--scale", "huge"},
		"a world of 3 customers cannot be made":          {"--customers", "3"},
		"a world of 5 days cannot be made":               {"--days", "5"},
		`--until is "tomorrow"`:                          {"--until", "tomorrow"},
		"the share of dirty rows cannot be 0.9":          {"--dirty", "0.9"},
		"--more is 0":                                    {"--more", "0"},
		"--more does not go with --seed":                 {"--more", "1", "--seed", "3"},
		"there is no synthetic world in the warehouse":   {"--more", "1"},
		"the folder " + full + " is not empty":           {"--out", full, "--customers", "60", "--transactions", "1500"},
		"10 transactions of 60 customers in 731 days":    {"--customers", "60", "--transactions", "10"},
		`invalid argument "many" for "--customers" flag`: {"--customers", "many"},
	} {
		got := kith(t, filepath.Join(dir, "shop"), append([]string{"generate"}, args...)...)
		if got.code == 0 || !strings.Contains(got.stderr, want) || strings.Count(got.stderr, "\n") != 1 {
			t.Errorf("%v: code %d, %q", args, got.code, got.stderr)
		}
	}
}

func TestGenerateWritesFilesWithoutAProject(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := well(t, dir, smallWorld("--out", "made")...)
	if !strings.Contains(got.stdout, "rows into "+filepath.Join("made", "bronze", "customers.parquet")) || !strings.Contains(got.stdout, "Next: kith load "+filepath.Join("made", "bronze")) {
		t.Error(got.stdout)
	}
	bronze, err := fs.Glob(os.DirFS(dir), "made/bronze/*.parquet")
	truth, truthErr := fs.Glob(os.DirFS(dir), "made/truth/*.parquet")
	if err != nil || truthErr != nil || len(bronze) != 18 || len(truth) != 5 {
		t.Errorf("%d and %d files: %v %v", len(bronze), len(truth), err, truthErr)
	}
	only(t, dir, "made")
}

func TestStoppedFilesLeaveNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := invocation{dir: dir, ctx: ctx}.kith(t, smallWorld("--out", "made")...)
	if got.code != 1 {
		t.Errorf("%+v", got)
	}
	only(t, dir)
}

// only checks that a folder holds these names and no others.
func only(t *testing.T, dir string, names ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != len(names) {
		t.Fatalf("there are %v, not %v: %v", list, names, err)
	}
	for i, name := range names {
		if list[i].Name() != name {
			t.Errorf("there is %s, not %s", list[i].Name(), name)
		}
	}
}
