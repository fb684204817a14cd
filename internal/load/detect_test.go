package load_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/load"
)

// TestWhatAFileIsTakenFor shows headers with the table they go into, or why nothing
// is taken.
func TestWhatAFileIsTakenFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header string
		table        string // "" for an error
		says         string // in the note or the error
	}{
		{"the UCI log", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "transaction_logs", ""},
		{"lines without an id", "Order Number,Order Date,Customer No,SKU,Qty,Item Price", "transaction_logs", ""},
		{"lines with an id", "line_item_id,order_number,order_date,customer_no,sku,product_name,qty,price", "transactions", ""},
		{"an id that many files have", "id,email,first_name,last_name,phone,city,country,birthday", "customers", ""},
		{"the same with few columns", "id,email,first_name,city", "", "may be those of customers, but are not sure to be: 3 of 4 are known"},
		{"few columns of one's own", "tier,points_required", "loyalty_tiers", ""},
		{"a summary of customers", "customer_id,country,orders,revenue,last_order", "t", "taken as it is; if this is customers, of whose columns it has 2, name it: kith load customers FILE"},
		{"stores", "id,name,area", "t", ""},
		{"projects", "project_id,project_name,start_date,end_date,budget", "t", ""},
		{"figures by country and year", "country,category,year,value", "t", ""},
		{"nothing known", "a,b,c", "t", ""},
		{
			"two that fit alike", "customer_id,entry_type,entry_at,points,event_at,event_name,session_id", "",
			"the columns are those of journey_events and of loyalty_ledger",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := load.Request{Paths: []string{write(t, "t.csv", c.header+"\n")}}
			plans, err := load.Plan(t.Context(), r)
			if c.table == "" {
				if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "kith load ") || !strings.Contains(err.Error(), "--preset none") {
					t.Fatalf("got %v", err)
				}
				// Whoever names a table or nothing gets the columns as they are.
				for _, r := range []load.Request{{Table: "other", Paths: r.Paths}, {Source: load.AsIs, Paths: r.Paths}} {
					plans, err := load.Plan(t.Context(), r)
					if err != nil || len(plans[0].Columns) != strings.Count(c.header, ",")+1 || len(plans[0].Ignored) > 0 {
						t.Errorf("%+v %v", plans, err)
					}
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			notes := strings.Join(plans[0].Notes, "\n")
			if plans[0].Table != "bronze."+c.table || c.says == "" && strings.Contains(notes, "taken as it is") || !strings.Contains(notes, c.says) {
				t.Errorf("taken for %s: %s", plans[0].Table, notes)
			}
		})
	}
}

func TestColumnsAreNamedAndSet(t *testing.T) {
	t.Parallel()
	path := write(t, "orders.csv", "Order ID,Date,Customer,Total,Shop\n7,2024-02-01,c1,12.50,Bonn\n8,2024-02-02,,3.00,Ulm\n")
	w := newStore(t)
	f := w.load(load.Request{
		Source: "transactions", Paths: []string{path},
		From: map[string]string{"transaction_id": "order_id", "channel": ""}, Set: map[string]string{"currency": "EUR", "quantity": "1", "country": ""},
	}).Files[0]
	same(t, "rows", w.lines(`SELECT transaction_id, order_id, customer_id, transaction_at, quantity, amount, currency, country
		FROM bronze.transactions ORDER BY _line`), `
7|-|c1|2024-02-01 00:00:00|1|12.50|EUR|-
8|-|-|2024-02-02 00:00:00|1|3.00|EUR|-
`)
	if !slices.Equal(f.Ignored, []string{"Shop"}) || slices.Contains(f.Missing, "currency") || !slices.Contains(f.Missing, "country") {
		t.Errorf("ignored %v, missing %v", f.Ignored, f.Missing)
	}
	for _, c := range []struct {
		name    string
		request load.Request
		code    fault.Code
		message string
	}{
		{"no id", load.Request{Source: "transactions"}, fault.Invalid, "the required column transaction_id is missing; the file has Order ID, Date, Customer, Total, Shop; "},
		{"no amount", load.Request{Source: "transactions", From: map[string]string{"transaction_id": "Order ID", "amount": ""}}, fault.Invalid, "the file has neither amount nor quantity and unit_price"},
		{"no such column", load.Request{Source: "transactions", From: map[string]string{"transaction_id": "Ordr ID"}}, fault.Invalid, `there is no column "Ordr ID"; the file has Order ID, Date, Customer, Total, Shop; did you mean "Order ID"?`},
		{"no such target", load.Request{Source: "transactions", From: map[string]string{"transaction": "Order ID"}}, fault.Usage, `there is no column "transaction" to load into; did you mean transaction`},
		{"no source", load.Request{Set: map[string]string{"currency": "EUR"}}, fault.Usage, "columns are named, and no source that has them"},
		{"not of its type", load.Request{Source: "transactions", From: map[string]string{"transaction_id": "Order ID"}, Set: map[string]string{"quantity": "many"}}, fault.Usage, `quantity cannot be set to "many": not a whole number; its type is BIGINT`},
		{"an id for all", load.Request{Source: "feedback", Set: map[string]string{"feedback_id": "1"}}, fault.Usage, "feedback_id cannot be the same in all rows"},
		{"an order of dates", load.Request{Dates: "ydm"}, fault.Usage, `the order of dates is "ydm"; use dmy or mdy`},
		{"a misspelt source", load.Request{Source: "custmers"}, fault.NotFound, `there is no source "custmers"; did you mean customers? Known are: `},
	} {
		c.request.Paths = []string{path}
		if _, err := load.Plan(t.Context(), c.request); !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: got %v (%s)\nwant %s", c.name, err, fault.CodeOf(err), c.message)
		}
	}
}

func TestParquetWithSetColumns(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	path := t.TempDir() + "/t.parquet"
	if _, err := w.s.Exec(t.Context(), `COPY (SELECT * FROM (VALUES (1700000000000, 17::DOUBLE, 5), (NULL, 18, 7)) t(responded_at, customer_id, nps)) TO '`+path+`' (FORMAT parquet)`); err != nil {
		t.Fatal(err)
	}
	w.load(load.Request{Source: "survey_responses", Paths: []string{path}, Set: map[string]string{"survey_type": "NPS"}})
	same(t, "milliseconds", w.lines("SELECT response_id, customer_id, survey_type, score, responded_at FROM bronze.survey_responses ORDER BY _line"), `
row-1-1|17|NPS|5.00|2023-11-14 22:13:20
row-1-2|18|NPS|7.00|-
`)
	// Without texts and stamps to understand, the engine reads the file itself.
	if _, err := w.s.Exec(t.Context(), `COPY (SELECT * FROM (VALUES (TIMESTAMP '2023-11-14 22:13:20', 17::DOUBLE, 5), (NULL, 18, 7)) t(responded_at, customer_id, nps)) TO '`+path+`' (FORMAT parquet)`); err != nil {
		t.Fatal(err)
	}
	w.load(load.Request{Source: "survey_responses", Paths: []string{path}, Set: map[string]string{"survey_type": "it's"}})
	same(t, "the engine's own way", w.lines("SELECT response_id, customer_id, survey_type, score, responded_at FROM bronze.survey_responses WHERE _load_id = 2 ORDER BY _line"), `
row-2-1|17|it's|5.00|2023-11-14 22:13:20
row-2-2|18|it's|7.00|-
`)
}

// TestOneProgramWroteTheFile shows that columns that do not tell follow those that do.
func TestOneProgramWroteTheFile(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.load(load.Request{Source: "support_tickets", Paths: []string{write(t, "t.csv",
		"Ticket ID;Opened On;Resolved On\n1;03/04/2024 08:00;04/04/2024\n2;05/04/2024;13/04/2024\n")}})
	same(t, "dates", w.lines("SELECT opened_at, resolved_at FROM bronze.support_tickets ORDER BY ticket_id"), `
2024-04-03 08:00:00|2024-04-04 00:00:00
2024-04-05 00:00:00|2024-04-13 00:00:00
`)
	w.load(load.Request{Source: "products", Paths: []string{write(t, "t.csv",
		"SKU,Cost Price,List Price\na,\"1,250\",\"9,5\"\nb,\"2,125\",\"10,75\"\n")}})
	same(t, "decimals", w.lines("SELECT unit_cost, list_price FROM bronze.products ORDER BY product_id"), "\n1.2500|9.5000\n2.1250|10.7500\n")

	// Broken values are outvoted, and the order of dates may be given.
	w.load(load.Request{Source: "referrals", Paths: []string{write(t, "t.csv",
		"Referrer,Referred,Invited On,Reward\n1,2,never,free\n1,3,13.4.2024,\"1,50\"\n1,4,1.5.2024,\"2,50\"\n1,5,0000-00-00,\"3,00\"\n")}})
	same(t, "the majority", w.lines("SELECT referred_customer_id, invited_at, reward_amount FROM bronze.referrals ORDER BY 1"), `
3|2024-04-13 00:00:00|1.50
4|2024-05-01 00:00:00|2.50
`)
	for dates, want := range map[string]string{"": "2024-03-04 00:00:00", "mdy": "2024-03-04 00:00:00", "dmy": "2024-04-03 00:00:00"} {
		w := newStore(t)
		f := w.load(load.Request{Dates: dates, Paths: []string{write(t, "t.csv", "Referrer,Referred,Invited On\n1,2,3/4/2024\n")}}).Files[0]
		same(t, "dates "+dates, w.lines("SELECT invited_at FROM bronze.referrals"), "\n"+want+"\n")
		if told := strings.Contains(strings.Join(f.Notes, " "), "--dates dmy changes it"); told != (dates == "") {
			t.Errorf("dates %q: %v", dates, f.Notes)
		}
	}
}

func TestSplitArguments(t *testing.T) {
	t.Parallel()
	here := func(path string) bool { return path == "customers" || path == "a.csv" || path == "data" }
	for _, c := range []struct{ args, source, paths, message string }{
		{"", "", "", "no file to load is named"},
		{"a.csv", "", "a.csv", ""},
		{"data a.csv", "", "data a.csv", ""},
		{"products a.csv data", "products", "a.csv data", ""},
		{"online-retail a.csv", "online-retail", "a.csv", ""},
		{"products", "", "", "no file to load is named; as in `kith load products FILE`"},
		{"customers", "", "customers", ""},
		{"customers a.csv", "", "", "customers is a source, and a file or folder here; write ./customers for what is here, or --preset customers for the source"},
		{"./customers a.csv", "", "./customers a.csv", ""},
		{"prodcts a.csv", "", "", `there is no source and no file "prodcts"; did you mean products?`},
		{"zzzzzzzz a.csv", "", "", "there is no source and no file \"zzzzzzzz\"; see `kith load sources`"},
		{"b.csv a.csv", "", "b.csv a.csv", ""},
		{"*.csv a.csv", "", "*.csv a.csv", ""},
		{"b", "", "b", ""},
	} {
		source, paths, err := load.SplitArguments(strings.Fields(c.args), here)
		message := ""
		if err != nil {
			message = err.Error()
		}
		if source != c.source || strings.Join(paths, " ") != c.paths || message != c.message || err != nil && !fault.Is(err, fault.Usage) {
			t.Errorf("%q gives %q, %v, %v", c.args, source, paths, err)
		}
	}
}
