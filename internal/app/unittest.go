package app

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/rowdiff"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// unitNodes gives the selected unit tests in the form of what can be run.
func unitNodes(l *loaded, ids []string) map[string]*manifest.Node {
	out := map[string]*manifest.Node{}
	for _, id := range ids {
		if u, ok := l.manifest.UnitTests[id]; ok {
			out[id] = unitNode(l, u)
		}
	}
	return out
}

func unitNode(l *loaded, u *manifest.UnitTest) *manifest.Node {
	tested := l.manifest.Nodes[u.DependsOn.Nodes[0]]
	name := u.Name
	if u.Version != "" {
		name += "_v" + u.Version
	}
	config := jinja.NewDict()
	config.SetStr("materialized", "unit")
	config.SetStr("expected_sql", nil)
	config.SetStr("expected_rows", u.Expect.Rows)
	if u.Expect.Format == "sql" {
		config.SetStr("expected_sql", u.Expect.Rows)
		config.SetStr("expected_rows", jinja.NewList())
	}
	file := path.Join(u.Package, u.OriginalFilePath, path.Dir(u.OriginalFilePath), name+".sql")
	return &manifest.Node{
		UniqueID: u.UniqueID, Name: name, ResourceType: manifest.UnitTestType, Package: u.Package, Path: path.Base(file),
		OriginalFilePath: u.OriginalFilePath, RootPath: l.root, FQN: append(slices.Clone(u.FQN[:len(u.FQN)-1]), name),
		Database: tested.Database, Schema: tested.Schema, Alias: name, RawCode: tested.RawCode, RawLine: tested.RawLine, Language: "sql",
		Config:       manifest.NewConfig(config),
		CompiledPath: path.Join(l.project.TargetPath, "compiled", file), BuildPath: path.Join(l.project.TargetPath, "run", file),
	}
}

// unitTest runs the tested model's SQL on the given rows and compares what comes
// out with what is expected.
func (x *executor) unitTest(ctx context.Context, node *manifest.Node) (out run.Outcome, err error) {
	defer func() { err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx))) }()
	u := x.env.Manifest.UnitTests[node.UniqueID]
	tested := x.env.Manifest.Nodes[u.DependsOn.Nodes[0]]
	// Mistakes in the SQL are mistakes in the model's file.
	work := *node
	work.OriginalFilePath, work.Package = tested.OriginalFilePath, tested.Package
	out.Compiled = new(bool)
	err = x.timed("compile", &out, func() error {
		r, err := x.env.OpenUnit(ctx, &work, tested, u, x.adapter)
		if err != nil {
			return err
		}
		return x.compile(r, &work, &out)
	})
	if err != nil {
		return out, err
	}
	err = x.timed("execute", &out, func() error {
		r := x.env.Open(ctx, &work, x.adapter)
		if _, err := r.MaterializeAs("unit"); err != nil {
			return err
		}
		main, ok := r.Result("main")
		if !ok || main.Table == nil {
			return fault.New(fault.Compile, "the materialization unit ran no statement named main")
		}
		out.Response = response(main.Response)
		return unitVerdict(main.Table, &out)
	})
	return out, err
}

// sideColumn says of each row whether it came out or was expected.
const sideColumn = "actual_or_expected"

// unitVerdict tells the rows apart and compares them.
func unitVerdict(table *adapter.Table, out *run.Outcome) error {
	columns := table.ColumnNames()
	side := slices.IndexFunc(columns, func(name string) bool { return strings.EqualFold(name, sideColumn) })
	if side < 0 {
		return fault.New(fault.Compile, "the rows of the unit test have no column %s", sideColumn)
	}
	rows, err := table.Rows()
	if err != nil {
		return err
	}
	var actual, expected rowdiff.Table
	for i, name := range columns {
		if i != side {
			actual.Columns = append(actual.Columns, strings.ToLower(name))
		}
	}
	for _, row := range rows {
		cells := make([]*string, 0, len(row)-1)
		for i, v := range row {
			if i != side {
				cells = append(cells, cell(v))
			}
		}
		if row[side] == "actual" {
			actual.Rows = append(actual.Rows, cells)
		} else {
			expected.Rows = append(expected.Rows, cells)
		}
	}
	out.Status, out.Failures = artifact.Pass, new(int)
	if diff := rowdiff.Diff(expected, actual); diff != "" {
		*out.Failures = 1
		out.Status, out.Message = artifact.Fail, "\n\nactual differs from expected:\n\n"+diff+"\n"
	}
	return nil
}

func cell(v jinja.Value) *string {
	if v == nil {
		return nil
	}
	text := jinja.Str(v)
	return &text
}
