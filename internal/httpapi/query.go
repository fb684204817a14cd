package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// QueryAnswer is a result. Numbers have all digits, in JSON as well.
type QueryAnswer struct {
	metric.Result
	DataVersion string `json:"data_version"`
	SQLURL      string `doc:"where the first metric's SQL is explained" json:"sql_url"`
}

func (a QueryAnswer) table() ([]tableColumn, [][]any) { return metricTable(a.Columns, a.Rows) }

func metricTable(columns []metric.Column, rows [][]any) ([]tableColumn, [][]any) {
	out := make([]tableColumn, len(columns))
	for i, c := range columns {
		out[i] = tableColumn{name: c.Name, kind: c.Type}
	}
	return out, rows
}

// QueryInput is a query in the address, so that answers can be cached.
type QueryInput struct {
	Q      string `doc:"the query as JSON, as the body of POST /query" maxLength:"20000"     query:"q"      required:"true"`
	Format string `doc:"in place of Accept"                            enum:"json,csv,arrow" query:"format"`
}

// QueryBody is a query in the body.
type QueryBody struct {
	Format string `doc:"in place of Accept" enum:"json,csv,arrow" query:"format"`
	Body   metric.Query
}

func (s *server) addQuery() {
	add(s, operation{
		id: "getQuery", method: http.MethodGet, path: "/query", tag: "Metrics", tabular: true, summary: "Figures of metrics, by time and dimensions",
	}, func(ctx context.Context, c *call, in *QueryInput) (QueryAnswer, error) {
		q, err := readQuery(in.Q, metric.Query{})
		if err != nil {
			return QueryAnswer{}, err
		}
		return query(ctx, c, q)
	})
	add(s, operation{
		id: "postQuery", method: http.MethodPost, path: "/query", tag: "Metrics", tabular: true, summary: "The same, with the query in the body",
	}, func(ctx context.Context, c *call, in *QueryBody) (QueryAnswer, error) { return query(ctx, c, in.Body) })
}

func query(ctx context.Context, c *call, q metric.Query) (QueryAnswer, error) {
	runner, err := c.runner(ctx)
	if err != nil {
		return QueryAnswer{}, err
	}
	result, err := runner.Run(ctx, c.db, q, c.scope)
	if err != nil {
		return QueryAnswer{}, err
	}
	out := QueryAnswer{Result: *result, DataVersion: c.db.Version()}
	text, err := json.Marshal(q)
	if err != nil {
		return out, fault.Wrap(err, fault.Internal, "the query cannot be written")
	}
	if len(q.Metrics) > 0 {
		out.SQLURL = "/api/v1/metrics/" + url.PathEscape(q.Metrics[0]) + "/explain?q=" + url.QueryEscape(string(text))
	}
	return out, nil
}

// readQuery reads a query of an address; fallback is the one of an empty text.
func readQuery(text string, fallback metric.Query) (metric.Query, error) {
	if text == "" {
		return fallback, nil
	}
	var q metric.Query
	if err := readJSON(text, &q); err != nil {
		return q, err
	}
	return q, nil
}

// readJSON reads a JSON text that holds one value, and nothing that has no place in it.
func readJSON(text string, into any) error {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		if _, end := dec.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("there is more than one value")
		}
	}
	if err != nil {
		if f, ok := errors.AsType[*fault.Error](err); ok {
			return f
		}
		return fault.Wrap(err, fault.Usage, "the query is not understood").WithHint("see /docs for its form")
	}
	return nil
}
