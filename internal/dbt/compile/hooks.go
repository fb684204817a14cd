package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

func hookList(c *manifest.Config, key string) jinja.Value {
	v, _ := c.Get(key)
	return manifest.HookValues(v)
}
