package httpapi

import (
	"context"
	"net/http"

	"github.com/kith-analytics/kith/internal/metric"
)

// SpendingInput chooses the periods.
type SpendingInput struct {
	FormInput

	ID    string `maxLength:"200" path:"id"`
	Grain string `default:"month" enum:"month,quarter,year" query:"grain"`
}

// SpendingPeriod is what a customer spent in a period.
type SpendingPeriod struct {
	Period     metric.Day `doc:"its first day" json:"period"`
	Orders     int64      `json:"orders"`
	Revenue    Number     `doc:"purchases"     json:"revenue"`
	Returns    Number     `json:"returns"`
	NetRevenue Number     `json:"net_revenue"`
	NetMargin  Number     `json:"net_margin"`
	IsComplete bool       `json:"is_complete"`
}

// SpendingAnswer are all periods from the first purchase to the snapshot day, those
// without any purchase too.
type SpendingAnswer struct {
	Grain string           `json:"grain"`
	Items []SpendingPeriod `json:"items"`
}

func (a SpendingAnswer) table() ([]tableColumn, [][]any) { return structTable(a.Items) }

func (s *server) addSpending() {
	add(s, operation{
		id: "getCustomerSpending", method: http.MethodGet, path: "/customers/{id}/spending", tag: "Customers", tabular: true,
		summary: "What a customer spent, by period",
	}, func(ctx context.Context, c *call, in *SpendingInput) (SpendingAnswer, error) {
		out := SpendingAnswer{Grain: in.Grain}
		if _, err := c.customer(ctx, in.ID); err != nil {
			return out, err
		}
		// A sum of nothing would be shown as 0.
		if err := c.sees("int_customer_monthly", "order_count", "gross_revenue", "returns_amount", "net_revenue", "net_margin"); err != nil {
			return out, err
		}
		sql, err := c.statementWith("spending", map[string]string{"grain": in.Grain})
		if err != nil {
			return out, err
		}
		out.Items, err = scan[SpendingPeriod](ctx, c, sql, in.ID)
		return out, err
	})
}
