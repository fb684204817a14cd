package httpapi_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/httpapi"
)

func TestTheDocument(t *testing.T) {
	t.Parallel()
	got, err := json.MarshalIndent(httpapi.Document("0"), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "openapi.json")
	if *update {
		if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("the document has changed; read the difference, then run with -update (-golden +now):\n%s", diff)
	}
}

// customerOf gives a customer with orders.
func customerOf(t *testing.T, s *shop) string {
	t.Helper()
	page := get[struct {
		Items []struct {
			CustomerID string `json:"customer_id"`
		} `json:"items"`
	}](t, s, "/api/v1/customers?limit=1&sort=order_count")
	if len(page.Items) != 1 {
		t.Fatalf("%d customers for limit 1", len(page.Items))
	}
	return page.Items[0].CustomerID
}

// paths are questions to all addresses that are read.
func paths(t *testing.T, s *shop) []string {
	t.Helper()
	id := url.PathEscape(customerOf(t, s))
	q := url.QueryEscape(`{"metrics": ["net_revenue", "orders"], "dimensions": ["country"], "grain": "quarter", "compare": "year"}`)
	return []string{
		"/session", "/metrics", "/dimensions", "/metrics/net_revenue/explain", "/query?q=" + q, "/dashboards", "/dashboards/overview",
		"/segments?kind=rfm_group", "/segments?kind=ml_segment", "/customers", "/customers/" + id, "/customers/" + id + "/timeline",
		"/customers/" + id + "/transactions", "/customers/" + id + "/spending", "/customers/" + id + "/spending?grain=year", "/cohorts",
		"/cohorts?measure=revenue&channel=search", "/cohorts?measure=margin_per_customer", "/cohorts/2024-01-01/1/customers", "/runs", "/lineage",
		"/tests", "/sources", "/waterfall", "/rejects", "/models", "/models/fct_transactions", "/search?q=re",
	}
}

func TestEveryAddressAnswers(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, path := range paths(t, s) {
		a := s.ask(t, http.MethodGet, "/api/v1"+path, "")
		if a.status != http.StatusOK || !json.Valid(a.body) {
			t.Errorf("%s: %d %.300s", path, a.status, a.body)
			continue
		}
		tag := a.header.Get("ETag")
		if tag == "" {
			if a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s has no tag and may be stored", path)
			}
			continue
		}
		again := s.ask(t, http.MethodGet, "/api/v1"+path, "", "If-None-Match", tag)
		if again.status != http.StatusNotModified || len(again.body) > 0 {
			t.Errorf("%s again: %d, %d bytes", path, again.status, len(again.body))
		}
		if other := s.ask(t, http.MethodGet, "/api/v1"+path, "", "If-None-Match", `"other"`); other.status != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, other.status)
		}
	}
}

func TestPagesAreCompleteAndRepeatNothing(t *testing.T) {
	t.Parallel()
	s := served(t)
	all := get[struct{ Total int }](t, s, "/api/v1/customers").Total
	if all < 200 {
		t.Fatalf("%d customers", all)
	}
	for _, sort := range []string{
		"customer_id", "net_revenue", "order_count", "lifetime_value", "last_order_day", "first_order_day", "recency", "average_order_value", "churn_probability_rule",
	} {
		for _, order := range []string{"asc", "desc"} {
			ids := walk(t, s, fmt.Sprintf("/api/v1/customers?limit=37&sort=%s&order=%s", sort, order), "customer_id")
			if len(ids) != all {
				t.Errorf("by %s %s: %d customers of %d", sort, order, len(ids), all)
			}
		}
	}
	id := url.PathEscape(customerOf(t, s))
	lines := get[struct{ Total int }](t, s, "/api/v1/customers/"+id+"/transactions").Total
	if got := walk(t, s, "/api/v1/customers/"+id+"/transactions?limit=7", "transaction_id"); len(got) != lines || lines < 8 {
		t.Errorf("%d transactions of %d", len(got), lines)
	}
	walk(t, s, "/api/v1/customers/"+id+"/timeline?limit=5", "kind", "id")
	walk(t, s, "/api/v1/customers/"+id+"/timeline?limit=5&kinds=order,return", "kind", "id")
	if a := s.ask(t, http.MethodGet, "/api/v1/customers?sort=recency&cursor=bm90aGluZw", ""); a.status != http.StatusBadRequest {
		t.Errorf("a broken cursor: %d", a.status)
	}
}

// walk reads all pages and gives the items' keys, which must differ.
func walk(t *testing.T, s *shop, path string, keys ...string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for cursor, n := "", 0; n < 1000; n++ {
		page := get[struct {
			Items      []map[string]any `json:"items"`
			NextCursor string           `json:"next_cursor"`
		}](t, s, path+"&cursor="+url.QueryEscape(cursor))
		for _, item := range page.Items {
			var key []string
			for _, k := range keys {
				key = append(key, fmt.Sprint(item[k]))
			}
			if name := strings.Join(key, "|"); seen[name] {
				t.Fatalf("%s: %s comes twice", path, name)
			} else {
				seen[name] = true
			}
		}
		if cursor = page.NextCursor; cursor == "" {
			return seen
		}
	}
	t.Fatalf("%s has no end", path)
	return nil
}

// A table has the same rows in all its forms.
func TestFormsAgree(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, q := range []string{
		`{"metrics": ["net_revenue", "orders", "average_order_value"], "grain": "month"}`,
		`{"metrics": ["net_revenue"], "dimensions": ["country"], "top": {"n": 3, "rest": true}}`,
		`{"metrics": ["net_revenue"], "grain": "month", "from": "1999-01-01", "to": "1999-03-31"}`,
	} {
		asJSON := s.ask(t, http.MethodPost, "/api/v1/query", q)
		var result struct {
			Columns []struct{ Name, Type string }
			Rows    [][]any
		}
		if err := json.Unmarshal(asJSON.body, &result); err != nil || len(result.Columns) == 0 {
			t.Fatalf("%s: %v %.300s", q, err, asJSON.body)
		}
		asCSV := s.ask(t, http.MethodPost, "/api/v1/query", q, "Accept", "text/csv")
		lines, err := csv.NewReader(bytes.NewReader(asCSV.body)).ReadAll()
		if err != nil || len(lines) != len(result.Rows)+1 {
			t.Fatalf("%s: %d lines of CSV for %d rows: %v", q, len(lines), len(result.Rows), err)
		}
		columns := arrowColumns(t, s.ask(t, http.MethodPost, "/api/v1/query?format=arrow", q).body, len(result.Columns))
		for i, row := range result.Rows {
			for j, want := range row {
				name := result.Columns[j].Name
				if lines[0][j] != name {
					t.Fatalf("column %q is called %q in CSV", name, lines[0][j])
				}
				if got := lines[i+1][j]; !same(want, got) {
					t.Errorf("%s, row %d, %s: JSON %v, CSV %q", q, i, name, want, got)
				}
				if got := columns[j][i]; !same(want, got) {
					t.Errorf("%s, row %d, %s: JSON %v, Arrow %q", q, i, name, want, got)
				}
			}
		}
	}
}

func same(want any, got string) bool {
	switch want := want.(type) {
	case nil:
		return got == ""
	case float64:
		f, err := strconv.ParseFloat(got, 64)
		return err == nil && f == want
	default:
		return fmt.Sprint(want) == got
	}
}

// arrowColumns gives the values of an Arrow stream as text, "" for null.
func arrowColumns(t *testing.T, data []byte, n int) [][]string {
	t.Helper()
	r, err := ipc.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	out := make([][]string, n)
	for r.Next() {
		for j, column := range r.RecordBatch().Columns() {
			for i := range column.Len() {
				var text string
				switch c := column.(type) {
				case *array.Date32:
					text = c.Value(i).ToTime().Format("2006-01-02")
				case *array.Decimal128:
					text = c.Value(i).ToString(c.DataType().(*arrow.Decimal128Type).Scale)
				default:
					text = column.ValueStr(i)
				}
				if column.IsNull(i) {
					out[j] = append(out[j], "")
					continue
				}
				out[j] = append(out[j], text)
			}
		}
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return out
}

func TestExportsOfACustomerHaveAllRows(t *testing.T) {
	t.Parallel()
	s := served(t)
	id := url.PathEscape(customerOf(t, s))
	page := get[struct {
		Total  int
		Amount float64
	}](t, s, "/api/v1/customers/"+id+"/transactions?limit=1")
	a := s.ask(t, http.MethodGet, "/api/v1/customers/"+id+"/transactions?format=csv&limit=1", "")
	lines, err := csv.NewReader(bytes.NewReader(a.body)).ReadAll()
	if err != nil || len(lines) != page.Total+1 || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d lines for %d rows: %v", len(lines), page.Total, err)
	}
	sum, column := 0.0, 0
	for i, name := range lines[0] {
		if name == "amount" {
			column = i
		}
	}
	for _, line := range lines[1:] {
		amount, err := strconv.ParseFloat(line[column], 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += amount
	}
	if diff := sum - page.Amount; diff > 0.005 || diff < -0.005 {
		t.Errorf("the rows add up to %f, not %f", sum, page.Amount)
	}
}

// Figures of two addresses that come from different models add up.
func TestFiguresReconcile(t *testing.T) {
	t.Parallel()
	s := served(t)
	segments := get[struct {
		Items []struct {
			Customers int64
			Revenue   float64
		}
	}](t, s, "/api/v1/segments?kind=country")
	total := get[struct{ Total int64 }](t, s, "/api/v1/customers").Total
	var customers int64
	for _, item := range segments.Items {
		customers += item.Customers
	}
	if customers != total {
		t.Errorf("the segments hold %d customers, the list %d", customers, total)
	}
	cohorts := get[struct {
		Cohorts []struct {
			Cohort string
			Size   int
			Cells  []struct {
				Month int
				N     int
				Value float64
			}
		}
		Average []struct{ Month, N int }
	}](t, s, "/api/v1/cohorts?measure=customers")
	if len(cohorts.Cohorts) == 0 || len(cohorts.Average) == 0 {
		t.Fatal("no cohorts")
	}
	first := cohorts.Cohorts[0]
	if first.Cells[0].N != first.Size {
		t.Errorf("cohort %s has %d customers, of whom %d were active in its first month", first.Cohort, first.Size, first.Cells[0].N)
	}
	month := first.Cells[min(2, len(first.Cells)-1)]
	members := walk(t, s, fmt.Sprintf("/api/v1/cohorts/%s/%d/customers?limit=10", first.Cohort, month.Month), "customer_id")
	if len(members) != month.N {
		t.Errorf("cohort %s, month %d: %d active, %d listed", first.Cohort, month.Month, month.N, len(members))
	}
	perChannel := 0
	for _, item := range get[struct {
		Items []struct{ Name *string }
	}](t, s, "/api/v1/segments?kind=acquisition_channel").Items {
		if item.Name == nil {
			continue
		}
		of := get[struct{ Cohorts []struct{ Size int } }](t, s, "/api/v1/cohorts?measure=retention&channel="+url.QueryEscape(*item.Name))
		for _, c := range of.Cohorts {
			perChannel += c.Size
		}
	}
	sizes := 0
	for _, c := range cohorts.Cohorts {
		sizes += c.Size
	}
	if perChannel > sizes || perChannel == 0 {
		t.Errorf("the channels' cohorts hold %d customers, all hold %d", perChannel, sizes)
	}
}
