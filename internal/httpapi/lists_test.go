package httpapi_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
)

// Money in lists has all its digits, in JSON, CSV and Arrow: also those that a float
// would lose.
func TestMoneyInListsIsExact(t *testing.T) {
	t.Parallel()
	const exact = "9007199254740993.07" // 2^53 + 1 and some cents
	o := openOffice(t, "update gold.customer_360_profile set net_revenue = "+exact)
	s := o.signIn(t)
	kind := o.values(t, "select typeof(net_revenue) from gold.customer_360_profile limit 1")[0]
	if !strings.HasPrefix(kind, "DECIMAL") {
		t.Fatalf("net revenue is %s", kind)
	}
	a := s.ask(t, http.MethodGet, "/api/v1/customers?limit=1", "")
	var page struct {
		Items []struct {
			NetRevenue json.RawMessage `json:"net_revenue"`
		}
	}
	if err := json.Unmarshal(a.body, &page); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimRight(string(page.Items[0].NetRevenue), "0"); got != exact {
		t.Errorf("JSON says %s", got)
	}
	lines, err := csv.NewReader(bytes.NewReader(s.ask(t, http.MethodGet, "/api/v1/customers?limit=1&format=csv", "").body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := arrowColumns(t, s.ask(t, http.MethodGet, "/api/v1/customers?limit=1&format=arrow", "").body, len(lines[0]))
	for i, name := range lines[0] {
		if name != "net_revenue" {
			continue
		}
		if got := strings.TrimRight(lines[1][i], "0"); got != exact {
			t.Errorf("CSV says %s", got)
		}
		if got := strings.TrimRight(table[i][0], "0"); got != exact {
			t.Errorf("Arrow says %s", got)
		}
	}
	// And a metric's figure, of which each is one.
	got := s.ask(t, http.MethodPost, "/api/v1/query", `{"metrics": ["net_revenue"]}`).body
	if !bytes.Contains(got, []byte(`.`)) || bytes.Contains(got, []byte(`e+`)) {
		t.Errorf("a metric says %.300s", got)
	}
}

// The members of a cohort come with those first who brought most, whatever a page holds: customers with the same
// revenue by their number, and those whose revenue is not known last.
func TestMembersOfACohortAreSortedByRevenue(t *testing.T) {
	t.Parallel()
	o := openOffice(t,
		"update gold.customer_360_profile set net_revenue = round(net_revenue, -3)",
		"update gold.customer_360_profile set net_revenue = null where hash(customer_id) % 10 = 0",
		"update gold.customer_360_profile set net_revenue = 9007199254740993.07 where hash(customer_id) % 10 = 1")
	s := o.signIn(t)
	cohort := o.values(t, `select date_trunc('month', first_order_day)::date::varchar from gold.customer_360_profile
		where first_order_day is not null group by 1 order by count(*) desc, 1 limit 1`)[0]
	want := o.values(t, `select customer_id from gold.customer_360_profile
		where date_trunc('month', first_order_day) = $1::date order by net_revenue is null, net_revenue desc, customer_id`, cohort)
	if len(want) < 10 {
		t.Fatalf("%s won %d customers alone", cohort, len(want))
	}
	for _, limit := range []string{"1", "3", "500"} {
		var got []string
		for cursor := ""; len(got) <= len(want); {
			page := get[struct {
				Items []struct {
					CustomerID string `json:"customer_id"`
				}
				NextCursor string `json:"next_cursor"`
			}](t, s, "/api/v1/cohorts/"+cohort+"/0/customers?limit="+limit+"&cursor="+cursor)
			for _, item := range page.Items {
				got = append(got, item.CustomerID)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("in pages of %s: %v, want %v", limit, got, want)
		}
	}
	// Who may not see revenue learns nothing of it from the order.
	o.may(access.Limited(access.Rules{Who: "ann", Hidden: map[string][]string{access.EveryModel: {"net_revenue"}}}))
	var got []string
	for _, item := range get[struct {
		Items []struct {
			CustomerID string `json:"customer_id"`
		}
	}](t, s, "/api/v1/cohorts/"+cohort+"/0/customers?limit=500").Items {
		got = append(got, item.CustomerID)
	}
	if len(got) != len(want) || !slices.IsSorted(got) {
		t.Errorf("without revenue: %v", got)
	}
}

// The value of a reject is shown where its column is known to hold no personal data.
func TestRejectsAreMaskedByTheirColumn(t *testing.T) {
	t.Parallel()
	o := openOffice(t, `insert into bronze.rejects (source, file, line, column_name, value, reason, load_id, loaded_at) values
		('customers', 'a.csv', 1, 'email', 'jane@', 'is no mail address', 1, now()::timestamp),
		('transactions', 'a.csv', 2, 'quantity', 'many', 'is no number', 1, now()::timestamp),
		('customers', 'a.csv', 3, null, 'Jane;Doe', 'has too few columns', 1, now()::timestamp),
		('customers', 'a.csv', 4, 'nickname', 'Janie', 'is too long', 1, now()::timestamp),
		('customers', 'a.csv', 5, 'email', null, 'is missing', 1, now()::timestamp),
		-- The row has slipped by a column.
		('customers', 'a.csv', 6, 'signed_up_at', 'jane@example.com', 'is no time', 1, now()::timestamp)`)
	s := o.signIn(t)
	got := map[int]string{}
	for _, r := range get[struct {
		Items []struct {
			Line  int
			Value *string
		}
	}](t, s, "/api/v1/rejects?limit=6").Items {
		got[r.Line] = "-"
		if r.Value != nil {
			got[r.Line] = *r.Value
		}
	}
	for line, want := range map[int]string{1: "•••", 2: "many", 3: "•••", 4: "•••", 5: "-", 6: "•••"} {
		if got[line] != want {
			t.Errorf("line %d: %q, not %q", line, got[line], want)
		}
	}
}

// A text that looks like one of the queries' own marks is a text.
func TestMarksInValuesAreTexts(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, text := range []string{"{clear customer_360_profile}", "{all fct_transactions}", "[matches]", "[masked value]", "$1"} {
		if got := get[struct{ Total int }](t, s, "/api/v1/customers?search="+url.QueryEscape(text)).Total; got != 0 {
			t.Errorf("%q finds %d customers", text, got)
		}
	}
}
