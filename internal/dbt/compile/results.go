package compile

import (
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/jinja"
)

// GetAttr gives response, data and table, as load_result(...) has them.
func (r *Result) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "response":
		return r.Response, true, nil
	case "table":
		if r.Table == nil {
			return nil, true, nil
		}
		return r.Table, true, nil
	case "data":
		v, err := r.data()
		return v, true, err
	}
	return nil, false, nil
}

// GetItem gives the same as GetAttr.
func (r *Result) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	return r.GetAttr(rt, jinja.Str(key))
}

// data gives the rows as lists.
func (r *Result) data() (jinja.Value, error) {
	out := jinja.NewList()
	if r.Table == nil {
		return out, nil
	}
	rows, err := r.Table.Rows()
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		out.Append(jinja.NewList(row...))
	}
	return out, nil
}

func (r *Run) storeResult(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("store_result", jinja.Req("name"), jinja.Req("response"), jinja.Opt("agate_table", nil))
	if err != nil {
		return nil, err
	}
	res := &Result{}
	switch v := bound[1].(type) {
	case adapter.Response:
		res.Response = v
	default:
		res.Response = adapter.Response{Message: jinja.Str(v)}
	}
	res.Table, _ = bound[2].(*adapter.Table)
	r.results[jinja.Str(bound[0])] = res
	return "", nil
}

func (r *Run) storeRawResult(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("store_raw_result", jinja.Req("name"), jinja.Opt("message", nil), jinja.Opt("code", nil),
		jinja.Opt("rows_affected", nil), jinja.Opt("agate_table", nil))
	if err != nil {
		return nil, err
	}
	res := &Result{}
	if bound[1] != nil {
		res.Response.Message = jinja.Str(bound[1])
	}
	if bound[2] != nil {
		res.Response.Code = jinja.Str(bound[2])
	}
	switch n := bound[3].(type) {
	case int64:
		res.Response.RowsAffected = &n
	case string:
		res.Response.Message = n
	}
	res.Table, _ = bound[4].(*adapter.Table)
	r.results[jinja.Str(bound[0])] = res
	return "", nil
}

func (r *Run) loadResult(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("load_result", jinja.Req("name"))
	if err != nil {
		return nil, err
	}
	if res, ok := r.results[jinja.Str(bound[0])]; ok {
		return res, nil
	}
	return nil, nil //nolint:nilnil // a result that is not there is none
}

// render is render(text): a text as a template with the node's names.
func (r *Run) render(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("render", jinja.Req("string"))
	if err != nil {
		return nil, err
	}
	t, err := jinja.Parse(r.node.OriginalFilePath, jinja.Str(bound[0]))
	if err != nil {
		return nil, err
	}
	return rt.Render(t, r.scope)
}

// write keeps the SQL of the last statement in the target folder, for people to
// look at (target/run).
func (r *Run) write(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("write", jinja.Req("payload"))
	if err != nil {
		return nil, err
	}
	if r.node.BuildPath == "" {
		return "", nil
	}
	return "", WriteSQL(filepath.Join(r.env.Project.Root, filepath.FromSlash(r.node.BuildPath)), jinja.Str(bound[0]))
}
