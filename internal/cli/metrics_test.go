package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// counting is a project with a metric, and the models that every figure needs.
func counting(t *testing.T) string {
	t.Helper()
	return project(t, files{
		"models/int_snapshot.sql": "select date '2025-02-01' as snapshot_date, date '2025-01-01' as first_transaction_day, date '2025-01-31' as last_transaction_day",
		"models/lines.sql": `select * from (values
			('a', date '2025-01-03', 'France', cast(10.50 as decimal(18, 2))), ('b', date '2025-01-03', 'Spain', 2.25),
			('c', date '2025-01-05', 'France', 4.00)) as t (id, day, country, amount)`,
		"models/schema.yml": "models:\n  - name: lines\n    description: Lines of sales.\n    columns: [{name: id}, {name: day}, {name: country}, {name: amount}]\n",
		"metrics/sales.yml": `dimensions:
  - {name: country, description: Where.}
datasets:
  - {name: sales, model: lines, key: id, time: day, dimensions: [country]}
metrics:
  - {name: revenue, description: "What was paid.", kind: sum, dataset: sales, column: amount, format: money, tags: [money]}
  - {name: line_count, label: Lines, description: "Lines.", kind: count, dataset: sales, format: count}
  - {name: mean, description: "Mean line.", kind: ratio, numerator: revenue, denominator: line_count, format: money}
`,
	})
}

func TestMetricsAreListedQueriedAndExplained(t *testing.T) {
	t.Parallel()
	dir := counting(t)
	well(t, dir, "run")
	if got := well(t, dir, "metrics", "ls", "--format", "csv", "--tag", "money").stdout; got != "name,label,format,tags,description\nrevenue,Revenue,money,money,What was paid.\n" {
		t.Errorf("ls says\n%s", got)
	}
	got := well(t, dir, "metrics", "query", "revenue", "line_count", "mean", "--grain", "day", "--from", "2025-01-03", "--to", "2025-01-05", "--filter", "country=France", "--format", "csv").stdout
	want := "time,is_complete,revenue,line_count,mean\n2025-01-03,true,10.50,1,10.5000\n2025-01-04,true,0.00,0,\n2025-01-05,true,4.00,1,4.0000\n"
	if got != want {
		t.Errorf("query says\n%swant\n%s", got, want)
	}
	if got := well(t, dir, "metrics", "query", "revenue", "--by", "country", "--top", "1+rest", "--format", "csv").stdout; got != "country,revenue\nFrance,14.50\nOther,2.25\n" {
		t.Errorf("top says\n%s", got)
	}
	var e struct {
		Formula, SQL string
		Models       []struct{ Name, Description string }
		Lineage      []string
	}
	if err := json.Unmarshal([]byte(well(t, dir, "metrics", "explain", "mean", "--format", "json").stdout), &e); err != nil {
		t.Fatal(err)
	}
	if e.Formula != "Revenue / Lines" || len(e.Models) != 1 || e.Models[0].Description != "Lines of sales." {
		t.Errorf("explain says %+v", e)
	}
	if got := well(t, dir, "query", e.SQL, "--format", "csv").stdout; got != "mean\n5.5833\n" {
		t.Errorf("the SQL of the explanation gives\n%s", got)
	}
	if got := well(t, dir, "metrics", "rows", "revenue", "--filter", "country!=Spain", "--format", "csv").stdout; got != "id,day,country,amount\na,2025-01-03,France,10.50\nc,2025-01-05,France,4.00\n" {
		t.Errorf("rows says\n%s", got)
	}
}

func TestAWrongMetricFileIsToldWithItsLine(t *testing.T) {
	t.Parallel()
	dir := counting(t)
	write(t, dir, files{"metrics/more.yml": "metrics:\n  - {name: a, description: A., kind: sum, dataset: sales, column: amunt, format: money}\n"})
	out := kith(t, dir, "metrics", "ls")
	if out.code == 0 || !strings.Contains(out.stderr+out.stdout, "metrics/more.yml:2: the model lines has no column amunt; did you mean amount?") {
		t.Errorf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
}

func TestAMissingWarehouseSaysWhatToDo(t *testing.T) {
	t.Parallel()
	out := kith(t, counting(t), "metrics", "query", "revenue")
	if out.code == 0 || !strings.Contains(out.stderr+out.stdout, "`kith load` and `kith build` make one") {
		t.Errorf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
}
