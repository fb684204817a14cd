package httpapi

import (
	"context"
	"net/http"
)

// WaterfallStep is a class of lines, in the order in which they are set aside.
type WaterfallStep struct {
	Source       string  `json:"source_system"`
	Class        string  `json:"transaction_class"`
	Order        int64   `json:"step_order"`
	Rows         int64   `json:"row_count"`
	Share        *Number `json:"row_share"`
	Amount       *Number `json:"amount"`
	InNetRevenue bool    `json:"in_net_revenue"`
	Description  *string `json:"description"`
}

// WaterfallAnswer says what became of all that came in: each line is in one step.
type WaterfallAnswer struct {
	Items []WaterfallStep `json:"items"`
	// Log is the finer one of the sales log.
	Log []LogStep `json:"log"`
}

// LogStep is a class of the sales log's lines.
type LogStep struct {
	Class        string  `json:"line_class"`
	Order        int64   `json:"rule_order"`
	Rows         int64   `json:"line_count"`
	Share        *Number `json:"line_share"`
	Amount       *Number `json:"amount"`
	RowsLeft     int64   `json:"lines_left"`
	AmountLeft   *Number `json:"amount_left"`
	Customers    int64   `json:"customer_count"`
	InNetRevenue bool    `json:"in_net_revenue"`
	Description  *string `json:"description"`
}

func (a WaterfallAnswer) table() ([]tableColumn, [][]any) { return structTable(a.Items) }

func (s *server) addWaterfall() {
	add(s, operation{
		id: "getWaterfall", method: http.MethodGet, path: "/waterfall", tag: "Data", tabular: true, summary: "What became of the lines that came in",
	}, func(ctx context.Context, c *call, _ *FormInput) (WaterfallAnswer, error) {
		out := WaterfallAnswer{Log: []LogStep{}}
		var err error
		if out.Items, err = list[WaterfallStep](ctx, c, "waterfall"); err != nil {
			return out, err
		}
		out.Log, err = orMissing(list[LogStep](ctx, c, "waterfall_log"))
		return out, err
	})
}
