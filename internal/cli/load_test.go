package cli_test

import (
	"strings"
	"testing"
)

const sales = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom
536366,22633,HAND WARMER,many,12/1/2010 8:28,1.85,17850,United Kingdom
536367,84879,BIRD ORNAMENT,32,12/1/2010 8:34,1.69,13047,United Kingdom
`

func TestLoad(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{"sales.csv": sales})
	out := well(t, dir, "load", "--preset", "online-retail", "sales.csv", "--dry-run")
	if !strings.Contains(out.stdout, "-> bronze.transaction_logs") || !strings.Contains(out.stdout, "invoice_no") || exists(dir, "shop.duckdb") {
		t.Errorf("dry run:\n%s", out.stdout)
	}
	out = well(t, dir, "load", "--preset", "online-retail", "sales.csv")
	for _, want := range []string{"2 rows into bronze.transaction_logs, 1 rejected", `kith query "select * from bronze.rejects"`, "Next: kith build\n"} {
		if !strings.Contains(out.stdout, want) {
			t.Errorf("no %q in\n%s", want, out.stdout)
		}
	}
	rejects := well(t, dir, "query", "--format", "csv", "select line, column_name, value from bronze.rejects")
	if want := "line,column_name,value\n3,quantity,many\n"; !strings.EqualFold(rejects.stdout, want) {
		t.Errorf("%q", rejects.stdout)
	}
	out = well(t, dir, "load", "--preset", "online-retail", "sales.csv")
	if !strings.Contains(out.stdout, "nothing added") || !strings.Contains(out.stdout, "--again") {
		t.Errorf("a second time:\n%s", out.stdout)
	}
	well(t, dir, "load", "--preset", "online-retail", "sales.csv", "--again", "-q")
	rows := well(t, dir, "query", "--format", "csv", "select count(*) as n from bronze.transaction_logs")
	if rows.stdout != "n\n4\n" {
		t.Errorf("%q", rows.stdout)
	}
}

func TestLoadFlags(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{"stores.txt": "id;name;area\n1;Bonn;12,5\n2;Ulm;7,25\n"})
	well(t, dir, "load", "--table", "stores", "--format", "csv", "--delimiter", ";", "--decimal", ",", "stores.txt")
	out := well(t, dir, "query", "--format", "csv", "select id, name, area from bronze.stores order by id")
	if !strings.HasPrefix(out.stdout, "id,name,area\n1,Bonn,12.5") {
		t.Errorf("%q", out.stdout)
	}
	for _, args := range [][]string{
		{"load"}, {"load", "--preset", "a", "--mapping", "b", "stores.txt"}, {"load", "--decimal", ";", "stores.txt"}, {"load", "--delimiter", "ab", "stores.txt"},
	} {
		if out := kith(t, dir, args...); out.code != 2 && !strings.Contains(strings.Join(args, " "), "--mapping") || strings.Count(out.stderr, "\n") != 1 {
			t.Errorf("%v: exit %d: %s", args, out.code, out.stderr)
		}
	}
}
