package e2e

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// largeTable is what the table of docs/performance.md stands between.
const largeTable = "<!-- bench-large: the lines between are written by `make bench-large` -->\n"

// TestBenchLarge generates sixty million transactions of 50,000 customers, builds
// the whole project on them, sends the same statements straight to DuckDB, adds a
// day, and does the same with a tenth of it. it wants ten minutes, 12 GB of memory
// and 30 GB of disk, and so runs with KITH_BENCH_LARGE=1 alone; with
// KITH_BENCH_LARGE=quick the statements are sent straight for the tenth only. KITH_BENCH_TABLE names a
// page to write the figures into; KITH_BENCH_DIR a folder with room.
func TestBenchLarge(t *testing.T) {
	if os.Getenv("KITH_BENCH_LARGE") == "" {
		t.Skip("sixty million transactions are made with KITH_BENCH_LARGE=1")
	}
	home, err := os.MkdirTemp(os.Getenv("KITH_BENCH_DIR"), "kith-large-*") //nolint:usetesting // a disk with room is named by the caller
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	tenth := large(t, filepath.Join(home, "tenth"), "--customers", "5000", "--transactions", "6000000")
	printBench("generate_6m", tenth.generate.took, tenth.written)
	printBench("build_6m", tenth.build.took, tenth.straight)
	whole := large(t, filepath.Join(home, "whole"), "--scale", "large")
	growth := whole.build.took.Seconds() / (10 * tenth.build.took.Seconds())
	if whole.straight > 0 {
		printBench("build_60m", whole.build.took, whole.straight)
	}
	printBench("day_60m", whole.day.took, whole.build.took)
	fmt.Printf("bench: growth_6m_to_60m ours=%.3fs ref=%.3fs ratio=%.2f\n", whole.build.took.Seconds(), 10*tenth.build.took.Seconds(), growth)
	if page := os.Getenv("KITH_BENCH_TABLE"); page != "" {
		writeLarge(t, page, tenth, whole)
	}
}

// largeRun are the figures of one size.
type largeRun struct {
	rows                       string
	generate, build, more, day spent
	written, straight          time.Duration
}

// spent is what one process took: wall time and most memory.
type spent struct {
	took   time.Duration
	memory int64 // bytes
}

func large(t *testing.T, dir string, size ...string) (r largeRun) {
	t.Helper()
	if err := ran(filepath.Dir(dir), "init", dir); err != nil {
		t.Fatal(err)
	}
	r.generate = measured(t, dir, nil, append([]string{"generate", "--quiet"}, size...)...)
	r.rows = query(t, dir, "select count(*) from bronze.transactions")
	file := filepath.Join(dir, warehouseFile)
	// The statements name the warehouse by its file.
	before := filepath.Join(dir, "before", warehouseFile)
	if err := errors.Join(os.Mkdir(filepath.Dir(before), 0o755), copied(file, before)); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "build.log")
	noTests := []string{"--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"}
	r.build = measured(t, dir, &log, append([]string{"build", "--debug", "--log-format", "json"}, noTests...)...)
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("KITH_BENCH_LARGE") != "quick" || filepath.Base(dir) == "tenth" {
		start := time.Now()
		straight(t, before, statementsOf(t, string(text)))
		r.straight = time.Since(start)
		// What the engine takes to write the same rows that it has already.
		start = time.Now()
		straight(t, before, []string{"create table main.written as select * from bronze.transactions"})
		r.written = time.Since(start)
	}
	if err := os.Remove(before); err != nil {
		t.Fatal(err)
	}
	r.more = measured(t, dir, nil, "generate", "--more", "1", "--quiet")
	r.day = measured(t, dir, nil, append([]string{"build", "--quiet"}, noTests...)...)
	return r
}

// measured runs a command to its end; its output goes into the file that log names.
func measured(t *testing.T, dir string, log *string, args ...string) spent {
	t.Helper()
	cmd := command(t.Context(), dir, args...)
	var said strings.Builder
	cmd.Stderr = &said
	if log != nil {
		f, err := os.Create(*log)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cmd.Stdout = f
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	watched := make(chan int64)
	ended := make(chan struct{})
	go func() { watched <- peak(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	took := time.Since(start)
	close(ended)
	memory := <-watched
	if err != nil {
		t.Fatalf("kith %s: %v\n%s", strings.Join(args, " "), err, said.String())
	}
	fmt.Printf("%s: %.1fs, %.1f GB\n", strings.Join(append([]string{filepath.Base(dir)}, args...), " "), took.Seconds(), gigabytes(memory))
	return spent{took, memory}
}

// peak looks at the most memory that a process has had, until it ends. What the system
// tells at its end counts that of this process too, which it was a copy of at first.
func peak(pid int, ended <-chan struct{}) (bytes int64) {
	for {
		select {
		case <-ended:
			return bytes
		case <-time.After(20 * time.Millisecond):
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			continue // not Linux, or over
		}
		_, rest, _ := strings.Cut(string(status), "VmHWM:")
		var kilobytes int64
		if _, err := fmt.Sscan(rest, &kilobytes); err == nil {
			bytes = max(bytes, kilobytes<<10)
		}
	}
}

func gigabytes(bytes int64) float64 { return float64(bytes) / 1e9 }

// writeLarge writes the table into a page, in the place of an older one.
func writeLarge(t *testing.T, page string, tenth, whole largeRun) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), largeTable)
	_, tail, found := strings.Cut(rest, largeTable)
	if !found {
		t.Fatalf("%s has no place for the table", page)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nMeasured on %s/%s with %d cores in one run; %s transactions, and a tenth: %s.\n\n", largeTable,
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), whole.rows, tenth.rows)
	b.WriteString("| what | a tenth | whole | most memory | goal |\n|---|---:|---:|---:|---|\n")
	row := func(what string, of func(largeRun) spent, goal string) {
		memory := "" // that of this process, which has more in it, is not told
		if m := of(whole).memory; m > 0 {
			memory = fmt.Sprintf("%.1f GB", gigabytes(m))
		}
		fmt.Fprintf(&b, "| %s | %.1f s | %.1f s | %s | %s |\n", what, of(tenth).took.Seconds(), of(whole).took.Seconds(), memory, goal)
	}
	row("generate", func(r largeRun) spent { return r.generate }, "120 s")
	row("build everything", func(r largeRun) spent { return r.build }, "180 s, 12 GB")
	if whole.straight > 0 {
		row("the same statements straight to the engine", func(r largeRun) spent { return spent{took: r.straight} }, "ratio at most 1.1")
	}
	row("generate a day", func(r largeRun) spent { return r.more }, "")
	row("build the day", func(r largeRun) spent { return r.day }, "5 s")
	fmt.Fprintf(&b, "\nBuild against the engine alone: %.2f at a tenth", tenth.build.took.Seconds()/tenth.straight.Seconds())
	if whole.straight > 0 {
		fmt.Fprintf(&b, ", %.2f at the whole", whole.build.took.Seconds()/whole.straight.Seconds())
	}
	fmt.Fprintf(&b, ". Growth from a tenth to the whole, against linear: %.2f.\n\n",
		whole.build.took.Seconds()/(10*tenth.build.took.Seconds()))
	b.WriteString(largeTable)
	if err := os.WriteFile(page, []byte(head+b.String()+tail), 0o600); err != nil {
		t.Fatal(err)
	}
}
