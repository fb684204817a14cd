package metric_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/cli"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// shop is a built project: its warehouse, open to read, and a runner on it.
type shop struct {
	dir     string
	engine  warehouse.Engine
	session warehouse.Session
	runner  *metric.Runner
}

// shops are built once for all tests, for a build takes longer than they do.
type shops struct {
	once sync.Once
	shop *shop
	err  error
}

var generated, realLog shops

func TestMain(m *testing.M) {
	code := m.Run()
	for _, s := range []*shops{&generated, &realLog} {
		if s.shop != nil {
			err := errors.Join(s.shop.session.Close(), s.shop.engine.Close(), os.RemoveAll(s.shop.dir))
			if err != nil && code == 0 {
				code = 1
			}
		}
	}
	os.Exit(code)
}

// generatedShop is a shop of 400 synthetic customers over 420 days, 29 February 2024 among them.
func generatedShop(t testing.TB) *shop {
	t.Helper()
	generated.once.Do(func() {
		generated.shop, generated.err = build(
			"generate", "--customers", "400", "--transactions", "14000", "--days", "420", "--until", "2025-03-14", "--no-print")
	})
	if generated.err != nil {
		t.Fatal(generated.err)
	}
	return generated.shop
}

// realShop is the shop of the public online-retail log, skipped where that is not there.
func realShop(t testing.TB) *shop {
	t.Helper()
	log, err := filepath.Abs("../../../shared/data/online_retail.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(log); err != nil {
		t.Skip("the online-retail log is not there")
	}
	if testing.Short() {
		t.Skip("the online-retail log takes a minute")
	}
	realLog.once.Do(func() {
		realLog.shop, realLog.err = build("load", "--preset", "online-retail", log)
	})
	if realLog.err != nil {
		t.Fatal(realLog.err)
	}
	return realLog.shop
}

// build makes a project, fills it with a command, runs its models and opens it.
func build(fill ...string) (s *shop, err error) {
	dir, err := os.MkdirTemp("", "kith-metric-*")
	if err != nil {
		return nil, err
	}
	for _, args := range [][]string{{"init", "."}, fill, {"build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"}} {
		var out bytes.Buffer
		code := cli.Main(context.Background(), cli.Environment{
			Version: "1.2.3", Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, WorkDir: dir,
			Now:   func() time.Time { return time.Date(2026, 11, 21, 3, 23, 8, 0, time.UTC) },
			NewID: func() string { return "00000000-0000-4000-8000-000000000001" },
		})
		if code != 0 {
			return nil, errors.New("kith " + strings.Join(args, " ") + ":\n" + tail(out.String()))
		}
	}
	return openShop(dir)
}

func tail(s string) string { return s[max(0, len(s)-4000):] }

func openShop(dir string) (*shop, error) {
	ctx := context.Background()
	engine, err := duckdb.Open(ctx, duckdb.Config{Path: filepath.Join(dir, "kith.duckdb"), ReadOnly: true})
	if err != nil {
		return nil, err
	}
	session, err := engine.Session(ctx)
	if err != nil {
		return nil, err
	}
	models, err := modelsOf(ctx, session)
	if err != nil {
		return nil, err
	}
	catalog, err := metric.Load(os.DirFS(dir), models)
	if err != nil {
		return nil, err
	}
	snapshot, err := metric.ReadSnapshot(ctx, session, catalog, "GBP")
	if err != nil {
		return nil, err
	}
	return &shop{dir: dir, engine: engine, session: session, runner: metric.NewRunner(catalog, metric.DuckDB{}, snapshot)}, nil
}

// modelsOf takes the tables of the warehouse for models; gold ones before those of the
// same name in other schemas.
func modelsOf(ctx context.Context, db metric.Reader) (metric.Models, error) {
	rows, err := db.Query(ctx, `select table_schema, table_name, column_name, data_type from information_schema.columns
		where table_schema in ('gold', 'ml', 'silver', 'bronze')
		order by case table_schema when 'gold' then 1 when 'ml' then 2 when 'silver' then 3 else 4 end, table_name, ordinal_position`)
	if err != nil {
		return nil, err
	}
	models := metric.Models{}
	for rows.Next() {
		v := rows.Values()
		m, found := models[v[1].(string)]
		if found && m.Schema != v[0] {
			continue
		}
		m.Name, m.Schema, m.Table = v[1].(string), v[0].(string), v[1].(string)
		m.Columns = append(m.Columns, metric.ModelColumn{Name: v[2].(string), Type: v[3].(string)})
		models[m.Name] = m
	}
	return models, errors.Join(rows.Err(), rows.Close())
}

// ask answers a query that must go well.
func (s *shop) ask(t testing.TB, q metric.Query) *metric.Result {
	t.Helper()
	r, err := s.runner.Run(context.Background(), s.session, q, access.All())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rows runs SQL by hand.
func (s *shop) rows(t testing.TB, sql string, args ...any) (columns []string, out [][]any) {
	t.Helper()
	rows, err := s.session.Query(context.Background(), sql, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
	defer rows.Close()
	for _, c := range rows.Columns() {
		columns = append(columns, c.Name)
	}
	for rows.Next() {
		out = append(out, rows.Values())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return columns, out
}
