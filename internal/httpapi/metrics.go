package httpapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// MetricItem is a metric as the lists show it.
type MetricItem struct {
	Name        string           `json:"name"`
	Label       string           `json:"label"`
	Description string           `json:"description"`
	Type        string           `doc:"how it comes about: sum, count, ratio and so on" json:"type"`
	Format      metric.Format    `json:"format"`
	Unit        string           `json:"unit"`
	Direction   metric.Direction `doc:"which way is better"                             json:"direction"`
	Dimensions  []string         `json:"dimensions"`
	Grains      []metric.Grain   `json:"grains"`
	Tags        []string         `json:"tags"`
	HasInterval bool             `doc:"whether results carry low, high and n"           json:"has_interval"`
}

// DimensionItem is a dimension as the lists show it.
type DimensionItem struct {
	Name        string      `json:"name"`
	Label       string      `json:"label"`
	Description string      `json:"description"`
	Type        metric.Type `json:"type"`
	Values      []string    `doc:"those there can be, in order; empty where the data decides" json:"values"`
}

// Items is a list that is no longer than a page.
type Items[T any] struct {
	Items []T `json:"items"`
}

func (s *server) addMetrics() {
	add(s, operation{
		id: "listMetrics", method: http.MethodGet, path: "/metrics", tag: "Metrics", summary: "All metrics",
	}, func(_ context.Context, c *call, _ *struct{}) (Items[MetricItem], error) {
		out := Items[MetricItem]{Items: []MetricItem{}}
		catalog, err := c.catalog()
		if err != nil {
			return out, err
		}
		for _, m := range catalog.Metrics() {
			unit := m.Unit
			if m.Format == metric.Money && unit == "" {
				unit = c.project.Currency
			}
			out.Items = append(out.Items, MetricItem{
				Name: m.Name, Label: m.Label, Description: m.Description, Type: string(m.Kind), Format: m.Format, Unit: unit, Direction: m.Direction,
				Dimensions: orEmpty(m.Dimensions()), Grains: orEmpty(m.Grains()), Tags: orEmpty(m.Tags), HasInterval: m.HasInterval(),
			})
		}
		return out, nil
	})
	add(s, operation{
		id: "listDimensions", method: http.MethodGet, path: "/dimensions", tag: "Metrics", summary: "All dimensions, and the values of those that have few",
	}, s.listDimensions)
	add(s, operation{
		id: "explainMetric", method: http.MethodGet, path: "/metrics/{name}/explain", tag: "Metrics", on: onState,
		summary: "What a figure is: definition, formula, SQL, models, tests",
	}, s.explain)
}

func (c *call) catalog() (*metric.Catalog, error) {
	if c.project.Catalog != nil {
		return c.project.Catalog, nil
	}
	if c.project.Problem != nil {
		return nil, c.project.Problem
	}
	return nil, notReady("the project's metrics cannot be read")
}

// maxValues is how many values a dimension may have to be listed.
const maxValues = 200

func (s *server) listDimensions(ctx context.Context, c *call, _ *struct{}) (Items[DimensionItem], error) {
	key := c.key()
	s.mu.Lock()
	known, ok := s.dimensions, s.dimensionsKey == key
	s.mu.Unlock()
	if ok {
		return known, nil
	}
	out, err := c.listDimensions(ctx)
	if err == nil {
		s.mu.Lock()
		s.dimensions, s.dimensionsKey = out, key
		s.mu.Unlock()
	}
	return out, err
}

func (c *call) listDimensions(ctx context.Context) (Items[DimensionItem], error) {
	out := Items[DimensionItem]{Items: []DimensionItem{}}
	catalog, err := c.catalog()
	if err != nil {
		return out, err
	}
	var runner *metric.Runner
	if runner, err = c.runner(ctx); err != nil && !fault.Is(err, fault.NotFound) {
		return out, err
	}
	for _, d := range catalog.Dimensions() {
		if !c.scope.Unrestricted() && !catalog.Sees(d.Name, c.scope) {
			continue
		}
		item := DimensionItem{Name: d.Name, Label: d.Label, Description: d.Description, Type: d.Type, Values: orEmpty(d.Values)}
		if runner != nil && len(item.Values) == 0 && d.Type == metric.Text {
			values, err := c.valuesOf(ctx, runner, d.Name)
			if err != nil {
				return out, err
			}
			item.Values = values
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// valuesOf asks the data for a dimension's values; empty when there are too many, or
// the tables are not built.
func (c *call) valuesOf(ctx context.Context, runner *metric.Runner, dimension string) ([]string, error) {
	for _, m := range runner.Catalog().Metrics() {
		if m.Kind != metric.CountRows && m.Kind != metric.CountDistinct && m.Kind != metric.Sum || !slices.Contains(m.Dimensions(), dimension) {
			continue
		}
		result, err := runner.Run(ctx, c.db, metric.Query{
			Metrics: []string{m.Name}, Dimensions: []string{dimension}, Limit: maxValues + 1, OrderBy: []metric.Order{{Name: dimension}},
		}, c.scope)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out := []string{}
		if len(result.Rows) > maxValues || result.IsTruncated {
			return out, nil
		}
		for _, row := range result.Rows {
			if text, ok := row[0].(string); ok {
				out = append(out, text)
			}
		}
		return out, nil
	}
	return []string{}, nil
}

// orEmpty makes a list that is not null in JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// ExplainInput asks for an explanation.
type ExplainInput struct {
	Name string `maxLength:"200"                                                       path:"name"`
	Q    string `doc:"the query as JSON, as in GET /query; empty for the metric alone" maxLength:"20000" query:"q"`
}

// ExplainAnswer is an explanation, and whether there are rows behind the number.
type ExplainAnswer struct {
	metric.Explanation
	RowsAvailable bool      `json:"rows_available"`
	Freshness     Freshness `json:"freshness"`
}

func (s *server) explain(ctx context.Context, c *call, in *ExplainInput) (ExplainAnswer, error) {
	var out ExplainAnswer
	q, err := readQuery(in.Q, metric.Query{Metrics: []string{in.Name}})
	if err != nil {
		return out, err
	}
	runner, err := c.runner(ctx)
	if err != nil {
		return out, err
	}
	f, err := s.facts(ctx, c.project)
	if err != nil {
		return out, err
	}
	found, err := runner.Explain(in.Name, q, c.scope, f)
	if err != nil {
		return out, err
	}
	out.Explanation = *found
	out.Lineage, out.Tests, out.Models, out.Parts = orEmpty(out.Lineage), orEmpty(out.Tests), orEmpty(out.Models), orEmpty(out.Parts)
	out.RowsAvailable = len(out.Parts) > 0
	var session SessionAnswer
	if err := s.standing(ctx, c, &session); err != nil {
		return out, err
	}
	out.Freshness = session.Freshness
	return out, nil
}
