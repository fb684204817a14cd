package e2e

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/kith-analytics/kith/test/twin"
)

// warehouseFile is the warehouse of the projects that `kith init` makes.
const warehouseFile = "kith.duckdb"

// realShop is a project with the real log in it, made once for all tests that only
// read it or copy it. In loadedFile is its warehouse before the build.
type realShop struct {
	dir, loadedFile string
	log             []byte // the log as CSV
	seeds           *twin.Seeds
	lines           []twin.Line
	classes         []string
}

var makeRealShop = sync.OnceValues(newRealShop)

// theRealShop gives the shop, or skips the test where the log is not at hand.
func theRealShop(t *testing.T) *realShop {
	t.Helper()
	if _, err := os.Stat(realLog); err != nil {
		t.Skip("the real sales log is not here:", err)
	}
	shop, err := makeRealShop()
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

func newRealShop() (*realShop, error) {
	home := filepath.Dir(binary) // goes away with the binary
	log, err := filepath.Abs(realLog)
	if err != nil {
		return nil, err
	}
	s := &realShop{dir: filepath.Join(home, "shop"), loadedFile: filepath.Join(home, "loaded.duckdb")}
	if err := ran(home, "init", "shop"); err != nil {
		return nil, err
	}
	if err := ran(s.dir, "load", "--preset", "online-retail", log); err != nil {
		return nil, err
	}
	if err := copied(filepath.Join(s.dir, warehouseFile), s.loadedFile); err != nil {
		return nil, err
	}
	if err := ran(s.dir, "build", "--exclude-resource-type", "unit_test"); err != nil {
		return nil, err
	}
	if s.log, err = unzipped(log); err != nil {
		return nil, err
	}
	if s.lines, err = twin.Read(strings.NewReader(string(s.log))); err != nil {
		return nil, err
	}
	if s.seeds, err = twin.ReadSeeds(filepath.Join(s.dir, "seeds")); err != nil {
		return nil, err
	}
	s.classes = s.seeds.Classify(s.lines)
	return s, nil
}

// ran runs a command that must end well, outside any test.
func ran(dir string, args ...string) error {
	if out, err := command(context.Background(), dir, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("kith %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

func unzipped(path string) (text []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func copied(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// emptyShop makes a project as shipped, without data.
func emptyShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	well(t, dir, "init", "shop")
	return filepath.Join(dir, "shop")
}

// shopWith makes a project as shipped around a copy of a warehouse.
func shopWith(t *testing.T, warehouse string) string {
	t.Helper()
	dir := emptyShop(t)
	if err := copied(warehouse, filepath.Join(dir, warehouseFile)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// loadLog writes a log beside a project and loads it.
func loadLog(t *testing.T, dir, name, log string) {
	t.Helper()
	write(t, dir, files{"../" + name: log})
	well(t, dir, "load", "--preset", "online-retail", "--quiet", "../"+name)
}

// modelsAlone are the arguments of a build without tests: those with given rows do not depend
// on what is in the warehouse, and run where the world is made.
func modelsAlone() []string {
	return []string{"build", "--quiet", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"}
}

// build builds models and seeds; the project's tests run where a test asks for them.
func build(t *testing.T, dir string, more ...string) {
	t.Helper()
	well(t, dir, append(modelsAlone(), more...)...)
}

// incremental selects the tables that a build adds to, with what they come from. The others are made
// anew from these each time, whatever was there before, so that what builds leave to the next is in these.
func incremental() []string { return []string{"--select", "+config.materialized:incremental"} }

// rows gives the rows of a query as texts.
func rows(t *testing.T, dir, sql string) [][]string {
	t.Helper()
	out, err := csv.NewReader(strings.NewReader(well(t, dir, "query", "--format", "csv", sql))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out[1:]
}
