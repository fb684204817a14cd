package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// CustomersInput searches, filters and sorts customers.
type CustomersInput struct {
	PageInput
	FormInput

	Search      string `doc:"the beginning of the id, or the whole mail address, first, last or full name" maxLength:"200"                                                                                                                             query:"search"`
	SegmentKind string `doc:"as in GET /segments"                                                          maxLength:"50"                                                                                                                              query:"segment_kind"`
	Segment     string `doc:"a segment of that kind"                                                       maxLength:"200"                                                                                                                             query:"segment"`
	Sort        string `default:"net_revenue"                                                              enum:"customer_id,net_revenue,order_count,lifetime_value,last_order_day,first_order_day,recency,average_order_value,churn_probability_rule" query:"sort"`
	Order       string `default:"desc"                                                                     enum:"asc,desc"                                                                                                                             query:"order"`
}

// CustomerItem is a customer as the list shows it.
type CustomerItem struct {
	CustomerID       string      `json:"customer_id"`
	FirstName        *string     `json:"first_name"`
	LastName         *string     `json:"last_name"`
	Email            *string     `json:"email"`
	Country          *string     `json:"country"`
	SpendingSegment  *string     `json:"spending_segment"`
	RFMGroup         *string     `json:"rfm_group"`
	BehaviouralGroup *string     `json:"behavioural_group"`
	MLSegment        *string     `json:"ml_segment_name"`
	ActivityStatus   *string     `json:"activity_status"`
	FirstOrderDay    *metric.Day `json:"first_order_day"`
	LastOrderDay     *metric.Day `json:"last_order_day"`
	Recency          *int64      `doc:"days since the last order" json:"recency"`
	OrderCount       *int64      `json:"order_count"`
	NetRevenue       *Number     `json:"net_revenue"`
	AverageOrder     *Number     `json:"average_order_value"`
	LifetimeValue    *Number     `json:"lifetime_value"`
	Churn            *Number     `json:"churn_probability_rule"`
}

// CustomersAnswer is a page of customers.
type CustomersAnswer struct {
	Items      []CustomerItem `json:"items"`
	NextCursor string         `doc:"empty at the end"     json:"next_cursor"`
	Total      int64          `doc:"customers that match" json:"total"`
}

func (a CustomersAnswer) table() ([]tableColumn, [][]any) { return structTable(a.Items) }

// CustomerInput names a customer.
type CustomerInput struct {
	ID string `maxLength:"200" path:"id"`
}

func (s *server) addCustomers() {
	add(s, operation{
		id: "listCustomers", method: http.MethodGet, path: "/customers", tag: "Customers", tabular: true, summary: "Customers, searched, filtered and sorted",
	}, customers)
	add(s, operation{
		id: "getCustomer", method: http.MethodGet, path: "/customers/{id}", tag: "Customers", summary: "What is known of a customer",
	}, func(ctx context.Context, c *call, in *CustomerInput) (Profile, error) { return c.customer(ctx, in.ID) })
}

// profileModel is the model with a row a customer that the lists and profiles show.
const profileModel = "customer_360_profile"

// customer gives one customer's profile. Somebody whom the scope does not see is not there.
func (c *call) customer(ctx context.Context, id string) (Profile, error) {
	found, err := list[Profile](ctx, c, "customer", id)
	out, err := one(found, err, fault.New(fault.NotFound, "there is no customer %q", id))
	if err != nil {
		return out, err
	}
	schema, err := c.schema(ctx)
	if err == nil && !c.reveal {
		out.Masked = schema.Personal(profileModel)
	}
	out.Masked = orEmpty(out.Masked)
	return out, err
}

// sortType gives the type of a column that customers are sorted by, for SQL and as a
// key; "" for none.
func sortType(column string) (sql string, key keyKind) {
	switch column {
	case "customer_id":
		return "varchar", textKey
	case "net_revenue", "lifetime_value", "average_order_value":
		return "decimal(38,4)", decimalKey // holds what every column of money holds
	case "order_count", "recency":
		return "bigint", wholeKey
	case "last_order_day", "first_order_day":
		return "date", dayKey
	case "churn_probability_rule":
		return "double", floatKey
	}
	return "", 0
}

// sortedCustomer is a customer with what a list of them is sorted by, for the cursor of the next page.
type sortedCustomer struct {
	CustomerItem
	Key *string `json:"sort_key"`
}

type counted struct {
	Total int64 `json:"total"`
}

func customers(ctx context.Context, c *call, in *CustomersInput) (CustomersAnswer, error) {
	var out CustomersAnswer
	kind, key := sortType(in.Sort)
	if kind == "" {
		return out, fault.New(fault.Usage, "customers cannot be sorted by %q", in.Sort)
	}
	if err := c.sees(profileModel, in.Sort); err != nil {
		return out, err
	}
	segment := "null"
	if in.SegmentKind == "" && in.Segment != "" {
		return out, fault.New(fault.Usage, "segment needs segment_kind, the kind that it is a segment of").WithHint("take one of %s", strings.Join(segmentKinds(), ", "))
	}
	if in.SegmentKind != "" {
		var err error
		if segment, err = segmentColumn(in.SegmentKind); err != nil {
			return out, err
		}
		if err := c.looksFor(ctx, profileModel, segment); err != nil {
			return out, err
		}
	}
	sort := in.Sort + " " + in.Order
	at, err := in.after(sort, key|orNull, textKey)
	if err != nil {
		return out, err
	}
	words := map[string]string{
		"segment": segment, "sort": in.Sort, "type": kind, "direction": map[bool]string{true: "asc", false: "desc"}[in.Order == "asc"],
		"beyond": map[bool]string{true: ">", false: "<"}[in.Order == "asc"],
	}
	where := []any{lowered(in.Search), nullIfEmpty(in.SegmentKind), in.Segment}
	sql, err := c.finding("customers_count", words)
	if err != nil {
		return out, err
	}
	total, err := scan[counted](ctx, c, sql, where...)
	if err != nil {
		return out, err
	}
	out.Total = total[0].Total
	if sql, err = c.finding("customers", words); err != nil {
		return out, err
	}
	found, err := scan[sortedCustomer](ctx, c, sql, append(append(where, at != nil), append(at.args(2), in.limit()+1)...)...)
	if err != nil {
		return out, err
	}
	out.Items = []CustomerItem{}
	for i, item := range found {
		if i == in.limit() {
			last := found[i-1]
			out.NextCursor, err = (&place{Sort: sort, Keys: []*string{last.Key, &last.CustomerID}}).cursor()
			break
		}
		out.Items = append(out.Items, item.CustomerItem)
	}
	return out, err
}

// finding is statementWith for a query that looks for customers by a text.
func (c *call) finding(name string, words map[string]string) (string, error) {
	sql, err := c.statementWith(name, words)
	if err != nil {
		return "", err
	}
	matches, err := c.statement("customers_match")
	return strings.Replace(sql, "[matches]", matches, 1), err
}

// lowered makes a search a text of lower case; nil for everything.
func lowered(search string) any {
	search = strings.TrimSpace(search)
	if search == "" {
		return nil
	}
	return strings.ToLower(search)
}

func nullIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
