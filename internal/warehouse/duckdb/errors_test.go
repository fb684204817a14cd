package duckdb_test

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func TestStatementErrors(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	run(t, s, "CREATE TABLE orders (id INTEGER PRIMARY KEY)")
	for _, c := range []struct {
		sql, class, message string
		line, column        int
	}{
		{"SELECT *\nFROM FROM x", "Parser", `Parser Error: syntax error at or near "FROM"`, 2, 6},
		{"SELECT 1;\n\nSELECT * FROM nope", "Catalog", "Catalog Error: Table with name nope does not exist!", 3, 15},
		{"SELECT\n  1 AS a,\n  idd\nFROM orders", "Binder", `Binder Error: Referenced column "idd" not found in FROM clause! Candidate bindings: "id"`, 3, 3},
		{"SELECT * FROM order_lines", "Catalog", `Catalog Error: Table with name order_lines does not exist! Did you mean "orders"?`, 1, 15},
		{"INSERT INTO orders VALUES (1), (1)", "Constraint", "Constraint Error: PRIMARY KEY or UNIQUE constraint violation: duplicate key", 0, 0},
		{"SELECT 'x'::INTEGER", "Conversion", "Conversion Error: Could not convert string 'x' to INT32", 1, 11},
	} {
		_, err := s.Exec(t.Context(), c.sql)
		var cause *duckdb.StatementError
		if !errors.As(err, &cause) || !fault.Is(err, fault.Database) {
			t.Fatalf("%q gives %v, want a statement error of code database", c.sql, err)
		}
		if cause.Class != c.class || cause.Line != c.line || cause.Column != c.column || !strings.HasPrefix(err.Error(), c.message) {
			t.Errorf("%q gives %s at %d:%d: %q\nwant %s at %d:%d: %q", c.sql,
				cause.Class, cause.Line, cause.Column, err, c.class, c.line, c.column, c.message)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q gives more than one line: %q", c.sql, err)
		}
		if line, ok := duckdb.ErrorLine(fmt.Errorf("around: %w", err)); line != c.line || ok != (c.line > 0) {
			t.Errorf("%q is at line %d, %v", c.sql, line, ok)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.duckdb")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database at all\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.duckdb")
	writeNewer(t, newer)
	for _, c := range []struct {
		name    string
		config  duckdb.Config
		code    fault.Code
		message string
	}{
		{"folder missing", duckdb.Config{Path: filepath.Join(dir, "no", "w.duckdb")}, fault.NotFound, "does not exist"},
		{"a folder", duckdb.Config{Path: dir}, fault.Invalid, "is a directory"},
		{"read-only without a file", duckdb.Config{Path: filepath.Join(dir, "w.duckdb"), ReadOnly: true}, fault.NotFound, "does not exist"},
		{"text file", duckdb.Config{Path: text}, fault.Invalid, "is not a DuckDB database"},
		{"newer version", duckdb.Config{Path: newer}, fault.Invalid, "was written by a DuckDB version that this one does not read"},
		{"unknown setting", duckdb.Config{Settings: map[string]any{"no_such_thing": 1}}, fault.Invalid, "no_such_thing"},
		{"bad memory", duckdb.Config{MemoryLimit: "plenty"}, fault.Invalid, `"plenty" is no amount of memory`},
		{"bad attach", duckdb.Config{Attach: []duckdb.Attach{{Path: text, Alias: "x"}}}, fault.Invalid, "cannot be attached"},
	} {
		e, err := duckdb.Open(t.Context(), c.config)
		if err == nil {
			_ = e.Close()
			t.Errorf("%s: no error", c.name)
			continue
		}
		if !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.message) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s gives %q (%s), want %q (%s)", c.name, err, fault.CodeOf(err), c.message, c.code)
		}
	}
	if got, err := os.ReadFile(text); err != nil || !strings.HasPrefix(string(got), "not a database") {
		t.Errorf("the text file was changed: %v", err)
	}
}

// writeNewer makes a database whose header claims a storage version from the future.
func writeNewer(t *testing.T, path string) {
	t.Helper()
	e, err := duckdb.Open(t.Context(), duckdb.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	header := raw[:4096]
	header[12] = 250 // after 8 bytes of checksum and the magic DUCK
	// DuckDB's checksum of a block: its 8-byte words, multiplied and folded.
	sum := uint64(5381)
	for i := 8; i < len(header); i += 8 {
		sum ^= binary.LittleEndian.Uint64(header[i:]) * 0xbf58476d1ce4e5b9
	}
	binary.LittleEndian.PutUint64(header, sum)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFileHeldByAnotherProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "held.duckdb")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	holder := exec.CommandContext(t.Context(), self)
	holder.Env = append(os.Environ(), holdFile+"="+path)
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("the other process says %q: %v", line, err)
	}

	_, err = duckdb.Open(t.Context(), duckdb.Config{Path: path})
	want := fmt.Sprintf("the warehouse file %s is held by %s (process %d); close that program or wait until it ends", path, self, holder.Process.Pid)
	if !fault.Is(err, fault.Held) || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}

	if err := errors.Join(in.Close(), holder.Wait()); err != nil {
		t.Fatal(err)
	}
	if e, err := duckdb.Open(t.Context(), duckdb.Config{Path: path}); err != nil {
		t.Errorf("after the other process ended: %v", err)
	} else if err := e.Close(); err != nil {
		t.Error(err)
	}
}

func TestDiskFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(dir, "w.duckdb")
	e, err := duckdb.Open(t.Context(), duckdb.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	run(t, s, "CREATE TABLE t AS SELECT range AS x FROM range(1000)")
	run(t, s, "CHECKPOINT")

	for name, write := range map[string]func() error{
		"insert": func() error {
			_, err := s.Exec(t.Context(), "INSERT INTO t SELECT hash(range)::HUGEINT % 1000000000000 FROM range(5000000)")
			return err
		},
		"append": func() error {
			a, err := s.Append(t.Context(), "main", "t")
			if err != nil {
				return err
			}
			for i := range int64(3000000) {
				if err := a.Append(i * 7919 * i); err != nil {
					return errors.Join(err, a.Abort())
				}
			}
			return a.Close()
		},
	} {
		err := write()
		if !fault.Is(err, fault.Disk) || !strings.Contains(err.Error(), "the disk is full and nothing was changed") {
			t.Errorf("%s on a full disk gives %v (%s), want code disk", name, err, fault.CodeOf(err))
		}
	}
	if err := errors.Join(s.Close(), e.Close()); err != nil {
		t.Fatal(err)
	}
	if got := query(t, session(t, open(t, duckdb.Config{Path: path})), "SELECT count(*), sum(x)::BIGINT FROM t")[0]; got[0] != int64(1000) || got[1] != int64(499500) {
		t.Errorf("after the full disk the table has %v", got)
	}
}

func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.duckdb")
	e, err := duckdb.Open(t.Context(), duckdb.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	e = open(t, duckdb.Config{Path: path, ReadOnly: true})
	if e.Database() != "w" || e.Dialect() != "duckdb" {
		t.Errorf("names are %s and %s", e.Database(), e.Dialect())
	}
	if _, err := session(t, e).Exec(t.Context(), "CREATE TABLE t (x INTEGER)"); !fault.Is(err, fault.Database) {
		t.Errorf("writing gives %v, want code database", err)
	}
}
