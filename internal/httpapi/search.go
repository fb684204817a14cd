package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// SearchInput is what somebody types.
type SearchInput struct {
	Q string `maxLength:"200" query:"q"`
}

// SearchItem is something that was found.
type SearchItem struct {
	Kind     string `enum:"customer,metric,page,model,segment" json:"kind"`
	Title    string `json:"title"`
	Subtitle string `json:"subtitle"`
	URL      string `doc:"in the web app"                      json:"url"`
}

// mostFound is how many of a kind are shown.
const mostFound = 8

func (s *server) addSearch() {
	add(s, operation{
		id: "search", method: http.MethodGet, path: "/search", tag: "Frame", summary: "Customers, metrics, pages, segments and models by name",
	}, func(ctx context.Context, c *call, in *SearchInput) (Items[SearchItem], error) {
		out := Items[SearchItem]{Items: []SearchItem{}}
		text := strings.ToLower(strings.TrimSpace(in.Q))
		if text == "" {
			return out, nil
		}
		out.Items = append(out.Items, c.pagesNamed(text)...)
		out.Items = append(out.Items, c.metricsNamed(text)...)
		customers, err := c.customersNamed(ctx, text)
		if err != nil {
			return out, err
		}
		segments, err := orMissing(list[SearchItem](ctx, c, "search_segments", text, mostFound))
		if err != nil {
			return out, err
		}
		for _, item := range customers {
			item.Kind, item.URL = "customer", "/customers/"+url.PathEscape(item.URL)
			out.Items = append(out.Items, item)
		}
		for _, item := range segments {
			kind := item.Subtitle
			item.Kind, item.Subtitle = "segment", strings.ReplaceAll(kind, "_", " ")
			item.URL = "/segments?" + url.Values{"kind": {kind}, "segment": {item.Title}}.Encode()
			out.Items = append(out.Items, item)
		}
		out.Items = append(out.Items, c.modelsNamed(text)...)
		return out, nil
	})
}

// customersNamed gives the customers that a text names, those with most revenue first.
func (c *call) customersNamed(ctx context.Context, text string) ([]SearchItem, error) {
	sql, err := c.finding("search_customers", nil)
	if err != nil {
		return nil, err
	}
	return orMissing(scan[SearchItem](ctx, c, sql, text, mostFound))
}

func (c *call) pagesNamed(text string) (out []SearchItem) {
	for _, d := range c.project.Dashboards {
		if len(out) < mostFound && (strings.Contains(strings.ToLower(d.Title), text) || strings.Contains(d.Name, text)) {
			out = append(out, SearchItem{Kind: "page", Title: d.Title, Subtitle: d.Description, URL: "/" + url.PathEscape(d.Name)})
		}
	}
	return out
}

func (c *call) metricsNamed(text string) (out []SearchItem) {
	if c.project.Catalog == nil {
		return nil
	}
	for _, m := range c.project.Catalog.Metrics() {
		if len(out) < mostFound && (strings.Contains(strings.ToLower(m.Label), text) || strings.Contains(m.Name, text)) {
			out = append(out, SearchItem{Kind: "metric", Title: m.Label, Subtitle: m.Description, URL: "/metrics/" + url.PathEscape(m.Name)})
		}
	}
	return out
}

func (c *call) modelsNamed(text string) (out []SearchItem) {
	for _, n := range c.project.Nodes {
		if len(out) < mostFound && n.Kind == "model" && strings.Contains(n.Name, text) {
			out = append(out, SearchItem{Kind: "model", Title: n.Name, Subtitle: n.Description, URL: "/data/models/" + url.PathEscape(n.Name)})
		}
	}
	return out
}
