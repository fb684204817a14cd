package cli_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// shopping is a project with sources, one of which has personal data, and a model.
func shopping(t *testing.T) string {
	t.Helper()
	dir := project(t, files{
		"models/sources.yml": `sources:
  - name: bronze
    schema: bronze
    tables:
      - name: customers
        columns:
          - {name: customer_id}
          - {name: first_name, config: {meta: {pii: true, mask: initial}}}
          - {name: birth_date, config: {meta: {pii: true}}}
          - {name: country}
      - name: products
      - name: visits
        columns:
          - {name: visit_id, data_tests: [unique]}
`,
		"models/orders.sql": `{{ config(materialized='table') }}
select 1 as "order", 'a b' as "two words", 'q' as "say ""hi"""
union all select 2, 'a b', 'q'`,
		"models/orders.yml":                    "models:\n  - name: orders\n    data_tests:\n      - unique:\n          arguments: {column_name: order}\n      - unique_combination:\n          arguments: {columns: [order, two words]}\n",
		"tests/generic/unique_combination.sql": "{% test unique_combination(model, columns) %}select 1 where false{% endtest %}",
		"models/passing.sql":                   "{{ config(materialized='ephemeral') }}\nselect 1 as a",
		"models/unbuilt.sql":                   "select 1 as a",
		"customers.csv":                        "customer_id,first_name,birth_date,country\nC1,Zacharias,1990-01-01,France\nC2,Wilhelmina,2090-01-01,france\nC2,Wilhelmina,1991-02-02,France\n",
		"visits.csv":                           "visit_id,page,seconds\nV1,home,10\nV1,home,20\nV2,shop,30\n",
		"visits_tomorrow.csv":                  "visit_id,page,seconds,first_name\nV1,home,10,Zacharias\nV3,shop,x,Zacharias\n",
	})
	well(t, dir, "load", "customers", "customers.csv")
	well(t, dir, "load", "--table", "bronze.visits", "visits.csv")
	well(t, dir, "run", "-q", "--select", "orders")
	return dir
}

func TestProfile(t *testing.T) {
	t.Parallel()
	dir := shopping(t)
	out := well(t, dir, "profile", "visits").stdout
	for _, want := range []string{
		"bronze.visits: 3 rows; none repeats another\n", "Key visit_id: 1 row with one that another row has\n", "Nothing unusual was found.", "home (66.7%), shop (33.3%)",
		"10 … 30, median 20, mean 20",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "_line") {
		t.Errorf("where rows came from is looked at:\n%s", out)
	}
	if out := well(t, dir, "profile", "orders").stdout; !strings.Contains(out, "Key order, two words: different in every row\n") {
		t.Error(out)
	}
	out = well(t, dir, "profile", "orders", "--format", "csv").stdout
	if !strings.Contains(out, "main.orders,2,0,,0,order,INTEGER,integer,false,0,0,2,false,0.0,0,\"\",1,2,,,1.5,") ||
		!strings.Contains(out, "main.orders,2,0,,0,two words,") || !strings.Contains(out, `main.orders,2,0,,0,"say ""hi""",`) {
		t.Errorf("csv says\n%s", out)
	}
	// Without a name, all sources that are there.
	var tables []struct {
		Name string
		Rows int64 `json:"row_count"`
	}
	if err := json.Unmarshal([]byte(well(t, dir, "profile", "--format", "json").stdout), &tables); err != nil {
		t.Fatal(err)
	}
	if len(tables) != 2 || tables[0].Name != "bronze.customers" || tables[1].Rows != 3 {
		t.Errorf("%+v", tables)
	}
	if out := well(t, dir, "profile", "visits", "--sample", "2").stdout; !strings.Contains(out, "bronze.visits: 3 rows; all below is of 2 of them, drawn at random") {
		t.Error(out)
	}
}

// What is personal is counted, and never written, in whatever form.
func TestProfileMasksPersonalColumns(t *testing.T) {
	t.Parallel()
	dir := shopping(t)
	for _, args := range [][]string{
		{"profile", "customers"},
		{"profile", "bronze.customers", "--format", "csv"},
		{"profile", "customers", "--format", "json"},
		{"profile", "--format", "json"},
		{"profile", "visits_tomorrow.csv"},
		{"profile", "customers.csv", "--format", "json"},
	} {
		out := well(t, dir, args...).stdout
		for _, secret := range []string{"Zacharias", "Wilhelmina", "1990", "1991", "2090", "1991"} {
			if strings.Contains(out, secret) {
				t.Errorf("kith %s tells %s:\n%s", strings.Join(args, " "), secret, out)
			}
		}
		if !strings.Contains(out, "first_name") {
			t.Errorf("kith %s does not count first_name:\n%s", strings.Join(args, " "), out)
		}
	}
	out := well(t, dir, "profile", "customers", "--format", "csv").stdout
	if !strings.Contains(out, "birth_date,DATE,date,true,0,0,3,false,0.0,0,\"\",,,,,,,,,,\"\",future=1\n") {
		t.Errorf("csv says\n%s", out)
	}
	if !strings.Contains(out, "country,VARCHAR,text,false,0,0,2,false,0.0,0,\"\",France,france,6,6,,,,,,France=2 | france=1,case_variants=1\n") {
		t.Errorf("csv says\n%s", out)
	}
}

func TestProfileOfAFile(t *testing.T) {
	t.Parallel()
	dir := shopping(t)
	out := well(t, dir, "profile", "visits_tomorrow.csv").stdout
	if !strings.Contains(out, "visits_tomorrow.csv: 2 rows; none repeats another\nNote: read as bronze.visits_tomorrow\n") {
		t.Error(out)
	}
	if out := well(t, dir, "query", "--format", "csv", "select count(*) as n from information_schema.tables where table_name like 'visits%'").stdout; out != "n\n1\n" {
		t.Errorf("looking at a file left a table: %s", out)
	}
}

func TestProfileSaysWhatCannotBeLookedAt(t *testing.T) {
	t.Parallel()
	dir := shopping(t)
	for _, tc := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"visit"}, 1, `kith: there is no source, table or file "visit"; did you mean visits?`},
		{[]string{"visits", "nothing.csv"}, 1, `kith: there is no source, table or file "nothing.csv"; `},
		{[]string{"products"}, 1, "kith: the table bronze.products is not there yet; `kith load products FILE` makes it"},
		{[]string{"unbuilt"}, 1, "kith: the table main.unbuilt is not built yet; run `kith build --select +unbuilt`"},
		{[]string{"passing"}, 1, "kith: passing is ephemeral, and so has no table; "},
		{[]string{"visits", "--format", "xml"}, 2, `kith: there is no format "xml"; `},
		{[]string{"visits", "--sample", "0"}, 2, "kith: --sample is 0; give a number from 1 on"},
	} {
		out := kith(t, dir, append([]string{"profile"}, tc.args...)...)
		if out.code != tc.code || !strings.HasPrefix(out.stderr, tc.want) || strings.Count(out.stderr, "\n") != 1 || out.stdout != "" {
			t.Errorf("profile %v: exit %d\n%s%s", tc.args, out.code, out.stdout, out.stderr)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if out := (invocation{dir: dir, ctx: ctx}).kith(t, "profile", "visits"); out.code == 0 {
		t.Errorf("stopped: exit %d\n%s", out.code, out.stderr)
	}
	empty := project(t, files{"models/a.sql": "select 1 as a"})
	if out := kith(t, empty, "profile"); out.code != 1 || !strings.Contains(out.stderr, "there is no warehouse at ") {
		t.Errorf("exit %d\n%s", out.code, out.stderr)
	}
	well(t, empty, "run", "-q")
	if out := kith(t, empty, "profile"); out.code != 1 || !strings.Contains(out.stderr, "there are no sources in the warehouse; ") {
		t.Errorf("exit %d\n%s", out.code, out.stderr)
	}
}
