package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// benchQueries are what dashboards ask.
func benchQueries() map[string]string {
	return map[string]string{
		"tiles":   `{"metrics": ["net_revenue", "orders", "average_order_value"], "compare": "previous"}`,
		"months":  `{"metrics": ["net_revenue"], "grain": "month", "compare": "year"}`,
		"days":    `{"metrics": ["net_revenue", "orders"], "grain": "day"}`,
		"country": `{"metrics": ["net_revenue", "orders"], "dimensions": ["country"], "top": {"n": 5, "rest": true}}`,
		"segment": `{"metrics": ["net_revenue"], "dimensions": ["rfm_group"], "grain": "quarter"}`,
	}
}

// benchShop is a built project: that of KITH_BENCH_WAREHOUSE's warehouse file, which a
// profile names, or a small synthetic one.
func benchShop(t *testing.T) string {
	t.Helper()
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("KITH_BENCH is not set")
	}
	dir := filepath.Join(t.TempDir(), "shop")
	well(t, filepath.Dir(dir), "init", "shop")
	if file := os.Getenv("KITH_BENCH_WAREHOUSE"); file != "" {
		if err := os.Symlink(file, filepath.Join(dir, warehouseFile)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	well(t, dir, "generate", "--scale", "small")
	build(t, dir)
	return dir
}

// TestBenchServer measures the server: how soon it is ready, what an answer costs
// beside the same SQL sent straight to the engine, and what 16 readers wait for, with
// and without a build.
func TestBenchServer(t *testing.T) {
	dir := benchShop(t)
	direct := engineTimes(t, dir)
	s := serving(t, dir)
	fmt.Printf("bench: server_ready_s ours=%.3f ref=1.000 ratio=%.2f\n", s.ready.Seconds(), s.ready.Seconds())
	n := 0
	for _, name := range slices.Sorted(keys(benchQueries())) {
		ours := typical(t, func() error { n++; return s.ask(t.Context(), fresh(benchQueries()[name], 299*300+n)) })
		ref := direct[name]
		fmt.Printf("bench: server_answer_%s_ms ours=%.2f ref=%.2f ratio=%.2f\n", name, ms(ours), ms(ref), ms(ours)/ms(ref))
	}
	same50, same95, _ := s.crowd(t, 5*time.Second, false)
	fmt.Printf("bench: server_16_readers_same_questions_p50_ms ours=%.1f ref=100.0 ratio=%.2f\n", ms(same50), ms(same50)/100)
	fmt.Printf("bench: server_16_readers_same_questions_p95_ms ours=%.1f ref=100.0 ratio=%.2f\n", ms(same95), ms(same95)/100)
	p50, p95, answers := s.crowd(t, 10*time.Second, true)
	fmt.Printf("bench: server_16_readers_p50_ms ours=%.1f ref=100.0 ratio=%.2f\n", ms(p50), ms(p50)/100)
	fmt.Printf("bench: server_16_readers_p95_ms ours=%.1f ref=100.0 ratio=%.2f\n", ms(p95), ms(p95)/100)
	fmt.Printf("bench: server_16_readers_answers_per_s ours=%.0f ref=160 ratio=%.2f\n", float64(answers)/10, float64(answers)/10/160)
	if os.Getenv("KITH_BENCH_WAREHOUSE") == "" {
		well(t, dir, "generate", "--more", "5")
	}
	build := command(t.Context(), dir, modelsAlone()...)
	if err := build.Start(); err != nil {
		t.Fatal(err)
	}
	busy50, busy95, _ := s.crowd(t, 10*time.Second, true)
	fmt.Printf("bench: server_16_readers_building_p50_ms ours=%.1f ref=%.1f ratio=%.2f\n", ms(busy50), ms(p50), ms(busy50)/ms(p50))
	fmt.Printf("bench: server_16_readers_building_p95_ms ours=%.1f ref=%.1f ratio=%.2f\n", ms(busy95), ms(p95), ms(busy95)/ms(p95))
	var exit *exec.ExitError
	if err := build.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	s.stop()
}

func keys(m map[string]string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// ask asks for a query, with nothing cached.
func (s *server) ask(ctx context.Context, q string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/api/v1/query?q="+url.QueryEscape(q), http.NoBody)
	if err != nil {
		return err
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var result struct{ Rows [][]any }
	if err := json.NewDecoder(answer.Body).Decode(&result); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || len(result.Rows) == 0 {
		return fmt.Errorf("status %d, %d rows", answer.StatusCode, len(result.Rows))
	}
	return nil
}

// fresh makes a query one that was not asked before: of a range that only n has.
func fresh(q string, n int) string {
	from := time.Date(2023, 12, 11, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%300)
	to := time.Date(2025, 12, 9, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -(n/300)%300)
	return fmt.Sprintf(`{"from": %q, "to": %q, %s`, from.Format(time.DateOnly), to.Format(time.DateOnly), q[1:])
}

// crowd has 16 readers ask for some time: the same questions, or each one new.
func (s *server) crowd(t *testing.T, span time.Duration, anew bool) (p50, p95 time.Duration, n int) {
	t.Helper()
	queries := benchQueries()
	names := slices.Sorted(keys(queries))
	var mu sync.Mutex
	var times []time.Duration
	var asked atomic.Int64
	end := time.Now().Add(span)
	var readers sync.WaitGroup
	for i := range 16 {
		readers.Go(func() {
			for k := i; time.Now().Before(end); k++ {
				question := queries[names[k%len(names)]]
				if anew {
					question = fresh(question, int(asked.Add(1)))
				}
				began := time.Now()
				if err := s.ask(t.Context(), question); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				times = append(times, time.Since(began))
				mu.Unlock()
			}
		})
	}
	readers.Wait()
	slices.Sort(times)
	if len(times) == 0 {
		t.Fatal("nobody was answered")
	}
	return times[len(times)/2], times[len(times)*95/100], len(times)
}

// typical gives the median of running something 21 times.
func typical(t *testing.T, do func() error) time.Duration {
	t.Helper()
	var times []time.Duration
	for range 21 {
		began := time.Now()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// engineTimes measures the SQL of the same questions in the engine itself.
func engineTimes(t *testing.T, dir string) map[string]time.Duration {
	t.Helper()
	statements := map[string]string{
		"tiles":   asSQL(t, dir, "net_revenue", "orders", "average_order_value", "--compare", "previous"),
		"months":  asSQL(t, dir, "net_revenue", "--grain", "month", "--compare", "year"),
		"days":    asSQL(t, dir, "net_revenue", "orders", "--grain", "day"),
		"country": asSQL(t, dir, "net_revenue", "orders", "--by", "country", "--top", "5+rest"),
		"segment": asSQL(t, dir, "net_revenue", "--by", "rfm_group", "--grain", "quarter"),
	}
	out := map[string]time.Duration{}
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Path: filepath.Join(dir, warehouseFile), ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	session, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for name, sql := range statements {
		out[name] = typical(t, func() error { return drain(t.Context(), session, strings.TrimRight(strings.TrimSpace(sql), ";")) })
	}
	return out
}

func asSQL(t *testing.T, dir string, query ...string) string {
	t.Helper()
	out, err := command(t.Context(), dir, append([]string{"metrics", "query", "--sql", "--from", "2023-12-11", "--to", "2025-12-09"}, query...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func drain(ctx context.Context, s warehouse.Session, sql string) error {
	rows, err := s.Query(ctx, sql)
	if err != nil {
		return err
	}
	n := 0
	for rows.Next() {
		n++
	}
	if n == 0 {
		return errors.Join(errors.New("no rows: "+strconv.Quote(sql)), rows.Err(), rows.Close())
	}
	return errors.Join(rows.Err(), rows.Close())
}
