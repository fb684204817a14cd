package httpapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/kith-analytics/kith/internal/metric"
)

// RowsAnswer is a page of the rows behind a number.
type RowsAnswer struct {
	metric.Page
	DataVersion string `json:"data_version"`
}

func (a RowsAnswer) table() ([]tableColumn, [][]any) { return metricTable(a.Columns, a.Rows) }

// MarshalJSON writes decimals as numbers.
func (a RowsAnswer) MarshalJSON() ([]byte, error) {
	type bare RowsAnswer
	a.Rows = numbers(a.Rows)
	a.Columns, a.Parts = orEmpty(a.Columns), orEmpty(a.Parts)
	return json.Marshal(bare(a))
}

// RowsBody asks for rows.
type RowsBody struct {
	Format string `doc:"in place of Accept" enum:"json,csv,arrow" query:"format"`
	Body   metric.RowsQuery
}

func (s *server) addRows() {
	add(s, operation{
		id: "postRows", method: http.MethodPost, path: "/query/rows", tag: "Metrics", tabular: true, summary: "The rows behind a number, and the model they come from",
	}, func(ctx context.Context, c *call, in *RowsBody) (RowsAnswer, error) {
		runner, err := c.runner(ctx)
		if err != nil {
			return RowsAnswer{}, err
		}
		page, err := runner.Rows(ctx, c.db, in.Body, c.scope)
		if err != nil {
			return RowsAnswer{}, err
		}
		return RowsAnswer{Page: *page, DataVersion: c.db.Version()}, nil
	})
}
