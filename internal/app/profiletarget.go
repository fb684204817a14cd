package app

import (
	"maps"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/httpapi"
	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/metric"
)

// target is a table to look at.
type target struct {
	name string // with its schema
	// model is what rights call it.
	model   string
	keys    [][]string
	without []string
	notes   []string
}

// targets are the tables that there are.
type targets struct {
	project *httpapi.Project
	types   metric.Types
	schema  *access.Schema
}

// sources gives the tables of what was loaded, sorted, those that the project does not
// declare as well.
func (t *targets) sources() ([]target, error) {
	var out []target
	for _, name := range slices.Sorted(maps.Keys(t.types)) {
		schema, table, _ := strings.Cut(name, ".")
		n := t.node(name)
		own := schema == bronze && table != "loads" && table != "rejects" && (n == nil || n.Kind == "source")
		if own || n != nil && n.Kind == "source" && schema != bronze {
			out = append(out, t.table(name))
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.NotFound, "there are no sources in the warehouse").WithHint("`kith load` brings some, or name a model")
	}
	return out, nil
}

// named gives the table of a name: "schema.table", else that of a source, else a model.
func (t *targets) named(name string) (target, error) {
	for known := range t.types {
		if strings.EqualFold(known, name) {
			return t.table(known), nil
		}
	}
	if n := t.called(name); n != nil {
		at := n.Schema + "." + n.Table
		for known := range t.types {
			if strings.EqualFold(known, at) {
				return t.table(known), nil
			}
		}
		return target{}, missing(n, at)
	}
	e := fault.New(fault.NotFound, "there is no source, table or file %q", name)
	if near := load.Nearest(name, t.names()); near != "" {
		return target{}, e.WithHint("did you mean %s?", near)
	}
	return target{}, e.WithHint("`kith ls` lists the models, `kith load sources` the sources")
}

// called gives the node that a name means; nil for none. Sources come before models.
func (t *targets) called(name string) *httpapi.Node {
	for _, source := range []bool{true, false} {
		for i := range t.project.Nodes {
			n := &t.project.Nodes[i]
			if n.Kind == "exposure" || (n.Kind == "source") != source {
				continue
			}
			short := n.Name
			if source {
				_, short, _ = strings.Cut(n.Name, ".")
			}
			if strings.EqualFold(n.Name, name) || strings.EqualFold(short, name) || n.UniqueID == name {
				return n
			}
		}
	}
	return nil
}

// missing tells of a table that the project has and the warehouse has not.
func missing(n *httpapi.Node, at string) error {
	switch {
	case n.Kind == "source":
		return fault.New(fault.NotFound, "the table %s is not there yet", at).WithHint("`kith load %s FILE` makes it", n.Table)
	case n.Materialized == "ephemeral":
		return fault.New(fault.NotFound, "%s is ephemeral, and so has no table", n.Name).WithHint("look at a model that reads it")
	}
	return fault.New(fault.NotFound, "the table %s is not built yet", at).WithHint("run `kith build --select +%s`", n.Name)
}

// names lists what could have been meant.
func (t *targets) names() []string {
	out := slices.Sorted(maps.Keys(t.types))
	for i := range t.project.Nodes {
		n := &t.project.Nodes[i]
		_, short, found := strings.Cut(n.Name, ".")
		if n.Kind == "source" && found {
			out = append(out, short)
		} else if n.Kind != "exposure" {
			out = append(out, n.Name)
		}
	}
	return out
}

// table gives a table of the warehouse, declared or not.
func (t *targets) table(name string) target {
	schema, _, _ := strings.Cut(name, ".")
	out := target{name: name, model: name, without: without(schema)}
	n := t.node(name)
	if n != nil {
		out.keys = n.Keys
		if n.Kind != "source" {
			out.model = n.Name
		}
	}
	if _, known := t.schema.Models[out.model]; !known {
		t.schema.Models[out.model] = httpapi.BareModel(name, t.types)
	}
	return out
}

// node gives what the project declares of a table; nil for nothing.
func (t *targets) node(name string) *httpapi.Node {
	for i := range t.project.Nodes {
		n := &t.project.Nodes[i]
		if n.Kind != "exposure" && strings.EqualFold(n.Schema+"."+n.Table, name) {
			return n
		}
	}
	return nil
}
