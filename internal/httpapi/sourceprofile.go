package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/profile"
)

// SourceProfileInput names a source.
type SourceProfileInput struct {
	Name   string `doc:"as in the list of sources"                                    maxLength:"300"                                                      path:"name"`
	Sample int64  `default:"200000"                                                   doc:"the most rows to look at; of more, as many are drawn at random" maximum:"1000000" minimum:"1" query:"sample"`
	Format string `doc:"in place of Accept; CSV and Arrow have a row for each column" enum:"json,csv,arrow"                                                query:"format"`
}

// SourceProfileAnswer is what is in a source, column by column.
type SourceProfileAnswer struct {
	profile.Table

	Description string `doc:"of the source"  json:"description"`
	FillCommand string `doc:"how to load it" json:"fill_command"`
}

func (a SourceProfileAnswer) table() ([]tableColumn, [][]any) {
	flat, rows := profile.Flat(&a.Table)
	out := make([]tableColumn, len(flat))
	for i, c := range flat {
		out[i] = tableColumn{name: c.Name, kind: c.Type}
	}
	return out, rows
}

func (s *server) addSourceProfile() {
	add(s, operation{
		id: "getSourceProfile", method: http.MethodGet, path: "/sources/{name}/profile", tag: "Data", tabular: true,
		summary: "A source column by column: types, gaps, ranges, repeated, malformed and unusual values",
		description: "Of personal columns only counts are told. The rules behind what is unusual stand in docs/profiling.md. " +
			"Who sees only some rows is refused: what is said of a source is said of all of it.",
	}, sourceProfile)
}

func sourceProfile(ctx context.Context, c *call, in *SourceProfileInput) (SourceProfileAnswer, error) {
	var out SourceProfileAnswer
	// Sources are known by what came in, before it is known whose it is: as their list, and
	// what was rejected, they are for those who see all rows.
	if c.scope.Narrowed() {
		return out, fault.New(fault.Forbidden, "sources are shown whole, and you see only some rows").WithHint("ask who may see all of them")
	}
	n, ok := c.project.source(in.Name)
	if !ok {
		return out, fault.New(fault.NotFound, "there is no source %q", in.Name).WithHint("see /api/v1/sources")
	}
	schema, err := c.schema(ctx)
	if err != nil {
		return out, err
	}
	model := n.Schema + "." + n.Table
	out.Description, out.FillCommand = n.Description, "kith load "+n.Table+" FILE"
	if len(schema.Models[model].Columns) == 0 {
		return out, fault.New(fault.NotFound, "the table %s is not there yet", model).WithHint("`%s` makes it", out.FillCommand)
	}
	r := profile.Request{Name: model, Keys: n.Keys, Sample: in.Sample, Now: c.s.Now()}
	if r, err = profile.Open(ctx, c.db, schema, c.scope, model, n.Origin, r); err != nil {
		return out, notBuilt(err)
	}
	table, err := profile.Read(ctx, c.db, r)
	if err != nil {
		return out, err
	}
	out.Table = *table
	return out, nil
}

// source finds a source by the name of its table, or with its schema.
func (p *Project) source(name string) (*Node, bool) {
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.Kind == "source" && (strings.EqualFold(n.Table, name) || strings.EqualFold(n.Name, name)) {
			return n, true
		}
	}
	return nil, false
}
