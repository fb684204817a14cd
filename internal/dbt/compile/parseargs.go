package compile

import (
	"context"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// ParseArguments renders the arguments of a generic test for what they refer to,
// and gives the values they have while nothing is executed.
func (e *Env) ParseArguments(ctx context.Context, node *manifest.Node) (*Capture, *jinja.Dict, error) {
	c := &Capture{}
	s := e.parseScope(node, c)
	rt := jinja.NewRuntime(ctx, jinja.Options{Undefined: jinja.Silent})
	out := jinja.NewDict()
	for k, v := range node.TestKwargs.All() {
		key := jinja.Str(k)
		if key != "column_name" {
			var err error
			if v, err = RenderArgument(rt, s, node.OriginalFilePath, node.PatchLine, v); err != nil {
				return nil, nil, err
			}
		}
		out.SetStr(key, v)
	}
	return c, out, nil
}
