package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Capture is what the first pass over a template found: what it refers to, how
// it configures itself, which macros it calls.
type Capture struct {
	Refs    []manifest.Ref
	Sources []manifest.SourceRef
	Metrics [][]string
	// Config holds the config() calls, merged; nil when there is none.
	Config *manifest.Config
	// Macros are the unique ids of the macros that the template itself calls.
	Macros []string
}

func (c *Capture) addConfig(d *jinja.Dict) {
	if c.Config == nil {
		c.Config = manifest.NewConfig(jinja.NewDict())
	}
	c.Config.Merge(d)
}

func (c *Capture) addRef(r manifest.Ref) {
	for _, old := range c.Refs {
		if old == r {
			return
		}
	}
	c.Refs = append(c.Refs, r)
}

func (c *Capture) addSource(s manifest.SourceRef) {
	for _, old := range c.Sources {
		if old == s {
			return
		}
	}
	c.Sources = append(c.Sources, s)
}

func (c *Capture) addMacro(id string) {
	for _, old := range c.Macros {
		if old == id {
			return
		}
	}
	c.Macros = append(c.Macros, id)
}
