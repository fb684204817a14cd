package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/terminal"
)

// ShowOptions say what to preview.
type ShowOptions struct {
	Selection

	// Inline is SQL with templates to run instead of a node.
	Inline string
	// Limit is the number of rows; below 0 for all.
	Limit int
	JSON  bool
	Quiet bool
	// Width and Colour are those of the terminal; Width 0 cuts nothing.
	Width  int
	Colour bool
}

// Show runs the SQL of nodes, or of an inline query, and shows the first rows.
// It changes nothing: the warehouse is opened to read.
func (a *App) Show(ctx context.Context, o ShowOptions) (err error) {
	if o.Inline == "" && len(o.Select) == 0 && o.Selector == "" {
		return fault.New(fault.Usage, "show needs a node or a query").WithHint("give --select or --inline")
	}
	l, err := a.parsed(ctx)
	if err != nil {
		return err
	}
	nodes, err := a.toCompile(ctx, l, CompileOptions{Selection: o.Selection, Inline: o.Inline})
	if err != nil {
		return err
	}
	w := &workshop{app: a, l: l, lane: readers{a, l}, cache: adapter.NewCache()}
	x, err := w.executor(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	for _, n := range nodes {
		if o.Inline == "" && !named(n, o.Select) && o.Selector == "" {
			continue
		}
		table, err := x.preview(ctx, n, o)
		if err != nil {
			return fmt.Errorf("%s %s: %w", n.ResourceType, n.Name, err)
		}
		a.emit(event.Preview{Name: n.Name, ID: n.UniqueID, Table: table, Inline: o.Inline != "", JSON: o.JSON, Bare: o.Quiet})
	}
	return nil
}

// preview compiles a node, wraps it into the project's get_show_sql and runs that.
func (x *executor) preview(ctx context.Context, n *manifest.Node, o ShowOptions) (string, error) {
	r := x.env.Open(ctx, n, x.adapter)
	if err := x.compile(r, n, &run.Outcome{}); err != nil {
		return "", err
	}
	code := n.CompiledCode
	if n.ResourceType == manifest.Seed {
		code = "select * from " + n.RelationName
	}
	macro := x.env.Library.Find(n.Package, "get_show_sql")
	if macro == nil {
		return "", fault.New(fault.Internal, "there is no macro get_show_sql")
	}
	var limit, header jinja.Value
	if o.Limit >= 0 {
		limit = int64(o.Limit)
	}
	header, _ = n.Config.Get("sql_header")
	sql, err := r.CallMacro(macro, jinja.Pos(code, header, limit))
	if err != nil {
		return "", err
	}
	rows, err := x.session.Query(ctx, jinja.Str(sql))
	if err != nil {
		return "", inFile(err, n.OriginalFilePath)
	}
	var text bytes.Buffer
	format := terminal.Table
	if o.JSON {
		format = terminal.JSON
	}
	_, err = terminal.WriteTable(&text, rows, format, terminal.Options{Width: o.Width, Color: o.Colour, HideCount: true})
	return text.String(), errors.Join(err, rows.Close())
}

// showRows is how many rows of each seed `seed --show` prints.
const showRows = 10

// showSeeds prints some rows of each seed that was loaded.
func (a *App) showSeeds(ctx context.Context, w *workshop, report *run.Report) (err error) {
	x, err := w.executor(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	for i := range report.Results {
		r := &report.Results[i]
		if r.Node == nil || r.Node.ResourceType != manifest.Seed || r.Err != nil {
			continue
		}
		rows, err := x.session.Query(ctx, fmt.Sprintf("select * from %s using sample %d rows", r.RelationName, showRows))
		if err != nil {
			return err
		}
		var text bytes.Buffer
		_, err = terminal.WriteTable(&text, rows, terminal.Table, terminal.Options{HideCount: true})
		if err := errors.Join(err, rows.Close()); err != nil {
			return err
		}
		head := "Random sample of table: " + r.Node.Schema + "." + r.Node.Alias
		a.emit(event.Blank{})
		a.emit(event.SeedSample{Header: head, Table: text.String()})
		a.emit(event.Blank{})
	}
	return nil
}
