package cli_test

import (
	"path/filepath"
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

func TestLoadOfASource(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{
		"crm.csv":   "Customer No;E-Mail;Kunde seit;Limit;Shoe size\nc1;a@example.org;31.12.2023;1.500,00 €;43\nc2;b@example.org;soon;;38\n",
		"data.csv":  "Customer No;Points Change;Posting Date\nc1;10;2024-01-02\n",
		"pages.csv": "page,reads\nhome,7\n",
	})
	plan := well(t, dir, "load", "customers", "crm.csv", "--dry-run", "--set", "country=Germany")
	for _, want := range []string{
		"crm.csv -> bronze.customers\n  csv, utf-8, delimiter \";\"; customers\n",
		"  Customer No  customer_id   VARCHAR  such as c1\n",
		"  Kunde seit   signed_up_at  TIMESTAMP (iso, dmy, ymd)  such as 31.12.2023\n",
		"  = Germany    country       VARCHAR\n",
		"  Limit ?      credit_limit  DECIMAL(18,2) (decimal comma)  such as 1.500,00 €\n",
		"  not in the file, stay empty: updated_at, first_name, ",
		"  not loaded: Shoe size\n",
	} {
		if !strings.Contains(plan.stdout, want) {
			t.Errorf("no %q in\n%s", want, plan.stdout)
		}
	}
	out := well(t, dir, "load", "customers", "crm.csv", "--set", "country=Germany")
	if !strings.Contains(out.stdout, "1 rows into bronze.customers, 1 rejected") || !strings.Contains(out.stdout, "  not loaded: Shoe size\n") {
		t.Errorf("loaded:\n%s", out.stdout)
	}
	rows := well(t, dir, "query", "--format", "csv", "select customer_id, email, signed_up_at, country, credit_limit from bronze.customers")
	if !strings.HasSuffix(rows.stdout, "\nc1,a@example.org,2023-12-31 00:00:00,Germany,1500.00\n") {
		t.Errorf("%q", rows.stdout)
	}
	// Each file of a request finds its own source, and what is none is taken as it is.
	well(t, dir, "load", "data.csv", "pages.csv")
	rows = well(t, dir, "query", "--format", "csv", "select (select sum(points) from bronze.loyalty_ledger) as points, (select sum(reads) from bronze.pages) as reads")
	if rows.stdout != "points,reads\n10,7\n" {
		t.Errorf("%q", rows.stdout)
	}
	write(t, dir, files{"customers/more.csv": "customer_id,city\nc3,Ulm\n"})
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"load", "customers", "crm.csv"}, 2, "kith: customers is a source, and a file or folder here; write ./customers for what is here, or --preset customers for the source\n"},
		{[]string{"load", "prodcts", "crm.csv"}, 2, "kith: there is no source and no file \"prodcts\"; did you mean products?\n"},
		{[]string{"load", "products"}, 2, "kith: no file to load is named; as in `kith load products FILE`\n"},
		{[]string{"load", "products", "crm.csv", "--preset", "customers"}, 2, "kith: the source products does not go with --preset; give one of them\n"},
		{[]string{"load", "products", "crm.csv", "--set", "brand"}, 2, "kith: --set is \"brand\"; give COLUMN=VALUE\n"},
		{[]string{"load", "products", "crm.csv", "--column", "brand=a", "--column", "brand=b"}, 2, "kith: --column names the column brand twice; keep one of them\n"},
		{[]string{"load", "products", "pages.csv", "--column", "product_id=pages"}, 1, "kith: " + filepath.Join(dir, "pages.csv") + ": there is no column \"pages\"; the file has page, reads; did you mean \"page\"?\n"},
		{[]string{"load", "products", "pages.csv", "--dates", "ymd"}, 2, "kith: the order of dates is \"ymd\"; use dmy or mdy\n"},
	} {
		if out := kith(t, dir, c.args...); out.code != c.code || out.stderr != c.want {
			t.Errorf("%v: exit %d: %s", c.args, out.code, out.stderr)
		}
	}
	well(t, dir, "load", "customers")
	well(t, dir, "load", "products", "pages.csv", "--column", "product_id=page", "-q")
	rows = well(t, dir, "query", "--format", "csv", "select (select count(*) from bronze.customers) as customers, (select min(product_id) from bronze.products) as product")
	if rows.stdout != "customers,product\n2,home\n" {
		t.Errorf("%q", rows.stdout)
	}
}

func TestLoadSources(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := well(t, dir, "load", "sources", "--format", "csv")
	for _, want := range []string{
		"source,table_name,needs,about\n", "\ncustomers,bronze.customers,customer_id,\"Customers, one row a version: ",
		"\ntransactions,bronze.transactions,\"transaction_id, transaction_at, amount or quantity and unit_price\",",
	} {
		if !strings.Contains("\n"+out.stdout, want) {
			t.Errorf("no %q in\n%s", want, out.stdout)
		}
	}
	if lines := strings.Count(out.stdout, "\n"); lines != 19 {
		t.Errorf("%d lines", lines)
	}
	if out := well(t, dir, "load", "sources", "--format", "json"); !strings.Contains(out.stdout, `"source": "consents"`) {
		t.Errorf("json:\n%s", out.stdout)
	}
	if out := well(t, dir, "load", "sources"); !strings.Contains(out.stdout, "referrals") || strings.Contains(out.stdout, "rows") {
		t.Errorf("table:\n%s", out.stdout)
	}
	help := well(t, dir, "load", "--help")
	if !strings.Contains(help.stdout, "esg_initiative_members,") || !strings.Contains(help.stdout, "kith load sources") {
		t.Errorf("help:\n%s", help.stdout)
	}
	if out := kith(t, dir, "load", "sources", "--format", "xml"); out.code != 2 || !strings.Contains(out.stderr, `there is no format "xml"`) {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}
