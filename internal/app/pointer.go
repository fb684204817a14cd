package app

import (
	"context"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// pointsAt says whether the node is the latest version of a model and the
// project wants a view of the bare name that shows it.
func (x *executor) pointsAt(node *manifest.Node) bool {
	if node.ResourceType != manifest.Model || node.Version == "" || node.Version != node.LatestVersion || node.Ephemeral() {
		return false
	}
	if on, given := pointer(node, "enabled").(bool); given {
		return on
	}
	return x.pointers
}

// pointer gives a key of the config latest_version_pointer.
func pointer(node *manifest.Node, key string) jinja.Value {
	v, _ := node.Config.Get("latest_version_pointer")
	d, ok := v.(*jinja.Dict)
	if !ok {
		return nil
	}
	value, _ := d.GetStr(key)
	return value
}

// point makes the view of the latest version once that is there. It has no hooks
// of its own.
func (x *executor) point(ctx context.Context, node *manifest.Node) error {
	macro := x.env.Library.Find(node.Package, "generate_latest_version_pointer_alias")
	if macro == nil {
		return fault.New(fault.Internal, "there is no macro generate_latest_version_pointer_alias")
	}
	v, err := x.env.Open(ctx, node, x.adapter).CallMacro(macro, jinja.Pos(pointer(node, "alias"), compile.NewNodeView(node)))
	if err != nil {
		return err
	}
	alias := strings.TrimSpace(jinja.Str(v))
	own := adapter.NewRelation(node.Database, node.Schema, node.Alias, "", x.env.Quote)
	if alias == node.Alias {
		return fault.New(fault.Invalid, "the latest version of %s is named %s already, so nothing can point at it", node.Name, alias).
			At(node.OriginalFilePath, 0).WithHint("set latest_version_pointer: {enabled: false}, or another alias")
	}
	n := *node
	n.UniqueID += "__latest_version_pointer"
	n.Alias, n.Compiled, n.BuildPath = alias, true, ""
	n.CompiledCode = "select * from " + own.Render()
	n.RawCode, n.RawLine = n.CompiledCode, 1
	values := jinja.NewDict()
	values.Update(node.Config.Values)
	for key, v := range map[string]jinja.Value{
		"pre-hook": jinja.NewList(), "post-hook": jinja.NewList(), "persist_docs": jinja.NewDict(), "materialized": "view", "contract": off(),
	} {
		values.SetStr(key, v)
	}
	n.Config = manifest.NewConfig(values)
	if _, err := x.env.Open(ctx, &n, x.adapter).MaterializeAs("view"); err != nil {
		return err
	}
	return x.adapter.Commit(ctx)
}

// off is a contract that is not enforced; the latest version has kept its own.
func off() *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("enforced", false)
	return d
}
