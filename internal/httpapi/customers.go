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

	Search      string `doc:"part of the name, or the beginning of the id or the mail address" maxLength:"200"                                                                                                                             query:"search"`
	SegmentKind string `doc:"as in GET /segments"                                              maxLength:"50"                                                                                                                              query:"segment_kind"`
	Segment     string `doc:"a segment of that kind"                                           maxLength:"200"                                                                                                                             query:"segment"`
	Sort        string `default:"net_revenue"                                                  enum:"customer_id,net_revenue,order_count,lifetime_value,last_order_day,first_order_day,recency,average_order_value,churn_probability_rule" query:"sort"`
	Order       string `default:"desc"                                                         enum:"asc,desc"                                                                                                                             query:"order"`
	Format      string `doc:"in place of Accept"                                               enum:"json,csv,arrow"                                                                                                                       query:"format"`
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
	NetRevenue       *float64    `json:"net_revenue"`
	AverageOrder     *float64    `json:"average_order_value"`
	LifetimeValue    *float64    `json:"lifetime_value"`
	Churn            *float64    `json:"churn_probability_rule"`
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

func (c *call) customer(ctx context.Context, id string) (Profile, error) {
	found, err := list[Profile](ctx, c, "customer", "customer_360_profile", id)
	return one(found, err, fault.New(fault.NotFound, "there is no customer %q", id))
}

// sortType gives the type of a column that customers are sorted by; "" for none.
func sortType(column string) string {
	switch column {
	case "customer_id":
		return "varchar"
	case "net_revenue", "lifetime_value", "average_order_value":
		return "decimal(18,4)"
	case "order_count", "recency":
		return "bigint"
	case "last_order_day", "first_order_day":
		return "date"
	case "churn_probability_rule":
		return "double"
	}
	return ""
}

type counted struct {
	Total int64 `json:"total"`
}

func customers(ctx context.Context, c *call, in *CustomersInput) (CustomersAnswer, error) {
	var out CustomersAnswer
	kind := sortType(in.Sort)
	if kind == "" || c.scope.Hides("customer_360_profile", in.Sort) {
		return out, fault.New(fault.Usage, "customers cannot be sorted by %q", in.Sort)
	}
	segment := "null"
	if in.SegmentKind != "" {
		var err error
		if segment, err = segmentColumn(in.SegmentKind); err != nil {
			return out, err
		}
	}
	sort := in.Sort + " " + in.Order
	at, err := in.after(sort, 2)
	if err != nil {
		return out, err
	}
	words := map[string]string{
		"segment": segment, "sort": in.Sort, "type": kind, "direction": map[bool]string{true: "asc", false: "desc"}[in.Order == "asc"],
		"beyond": map[bool]string{true: ">", false: "<"}[in.Order == "asc"],
	}
	where := []any{like(in.Search), nullIfEmpty(in.SegmentKind), in.Segment}
	sql, err := c.statementWith("customers_count", words)
	if err != nil {
		return out, err
	}
	total, err := scan[counted](ctx, c, "", sql, where...)
	if err != nil {
		return out, err
	}
	out.Total = total[0].Total
	if sql, err = c.statementWith("customers", words); err != nil {
		return out, err
	}
	type sorted struct {
		CustomerItem
		Key *string `json:"sort_key"`
	}
	found, err := scan[sorted](ctx, c, "customer_360_profile", sql, append(append(where, at != nil), append(at.args(2), in.limit()+1)...)...)
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

// like makes a search a pattern of lower case in which its own signs mean themselves;
// nil for everything.
func like(search string) any {
	search = strings.TrimSpace(search)
	if search == "" {
		return nil
	}
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(search))
}

func nullIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
