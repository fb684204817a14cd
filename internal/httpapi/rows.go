package httpapi

import (
	"context"
	"net/http"

	"github.com/kith-analytics/kith/internal/metric"
)

// RowsAnswer is a page of the rows behind a number.
type RowsAnswer struct {
	metric.Page
	DataVersion string `json:"data_version"`
}

func (a RowsAnswer) table() ([]tableColumn, [][]any) { return metricTable(a.Columns, a.Rows) }

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
		page.Columns, page.Parts = orEmpty(page.Columns), orEmpty(page.Parts)
		return RowsAnswer{Page: *page, DataVersion: c.db.Version()}, nil
	})
}
