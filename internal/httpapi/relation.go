package httpapi

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// placeholder is how the queries name a model's table, or that of a source with its
// schema: {dim_customer}, {bronze.loads}. A word before the name says in which form it
// is read; without one, as it is shown.
var placeholder = regexp.MustCompile(`\{(?:(clear|all) )?([a-z0-9_.]+)\}`)

// formNamed gives the form of a placeholder's word: {clear m} has personal data as it is,
// to be found or counted by; {all m} has all rows, of what says nothing of single customers.
func formNamed(word string) access.Form {
	switch word {
	case "clear":
		return access.Clear
	case "all":
		return access.Unnarrowed
	}
	return access.Shown
}

// relations puts what the call's scope sees of each model into SQL. It gives the values
// that narrow it, to be bound behind the statement's own, whose number is bound.
func (c *call) relations(ctx context.Context, sql string, bound int) (string, []any, error) {
	schema, err := c.schema(ctx)
	if err != nil {
		return "", nil, err
	}
	var args []any
	var errs []error
	bind := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(bound+len(args))
	}
	out := placeholder.ReplaceAllStringFunc(sql, func(match string) string {
		m := placeholder.FindStringSubmatch(match)
		form := formNamed(m[1])
		if c.reveal && form == access.Shown {
			form = access.Clear
		}
		relation, err := c.scope.Relation(schema, m[2], form, bind)
		if fault.Is(err, fault.NotFound) {
			err = fault.New(fault.NotFound, "the project has no model %s", m[2]).
				WithHint("take it over from the shipped project, which `kith init` writes")
		}
		errs = append(errs, err)
		return relation
	})
	return out, args, errors.Join(errs...)
}

// schema gives what rights need to know, for the call's project and state of the data.
func (c *call) schema(ctx context.Context) (*access.Schema, error) {
	types, err := c.types(ctx)
	if err != nil {
		return nil, err
	}
	key := c.project.Revision + " " + c.db.Version()
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.s.schemaKey != key {
		c.s.known, c.s.schemaKey = SchemaOf(c.project, types), key
	}
	return c.s.known, nil
}

// types gives the types of the columns that the call's state of the data has.
func (c *call) types(ctx context.Context) (metric.Types, error) {
	version := c.db.Version()
	c.s.mu.Lock()
	types, known := c.s.types, c.s.typesVersion == version
	c.s.mu.Unlock()
	if known {
		return types, nil
	}
	types, err := metric.ReadTypes(ctx, c.db)
	if err != nil {
		return nil, err
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.types, c.s.typesVersion = types, version
	return types, nil
}

// SchemaOf makes a schema of a project's files and of the tables that are built. A table
// has the columns that it has: of those that files alone know, none is read.
func SchemaOf(p *Project, types metric.Types) *access.Schema {
	out := &access.Schema{Models: map[string]access.Model{}}
	if p.Catalog != nil {
		out.People, out.Own = p.Catalog.Rights()
	}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		m := access.Model{Name: n.Name, Schema: n.Schema, Table: n.Table}
		if n.Kind == "source" {
			m.Name = n.Schema + "." + n.Table
		} else if n.Kind == "exposure" {
			continue
		}
		built := types[n.Schema+"."+n.Table]
		documented := map[string]bool{}
		for _, column := range n.Columns {
			documented[column.Name] = true
			if column.Mask != access.Open {
				out.Marked = append(out.Marked, column.Name)
			}
			if t, there := built[column.Name]; there {
				m.Columns = append(m.Columns, access.Column{Name: column.Name, Text: access.IsText(t), Mask: column.Mask})
			}
		}
		for name, t := range built {
			if !documented[name] {
				m.Columns = append(m.Columns, access.Column{Name: name, Text: access.IsText(t), Undeclared: true})
			}
		}
		out.Models[m.Name] = m
	}
	slices.Sort(out.Marked)
	out.Marked = slices.Compact(out.Marked)
	for _, name := range []string{loadsTable, rejectsTable} {
		if _, ok := out.Models[name]; !ok {
			out.Models[name] = BareModel(name, types)
		}
	}
	return out
}

// The tables that loading keeps, which a project need not declare.
const (
	loadsTable   = "bronze.loads"
	rejectsTable = "bronze.rejects"
)

// BareModel is a table, "schema.table", that the project's files say nothing of. The
// value of a reject is somebody's, whoever declares it.
func BareModel(name string, types metric.Types) access.Model {
	schema, table, _ := strings.Cut(name, ".")
	m := access.Model{Name: name, Schema: schema, Table: table}
	for column, t := range types[name] {
		c := access.Column{Name: column, Text: access.IsText(t), Undeclared: true}
		if name == rejectsTable && column == "value" {
			c.Mask = access.Whole
		}
		m.Columns = append(m.Columns, c)
	}
	return m
}
