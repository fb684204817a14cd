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
	// Written holds the config() arguments as texts, for comparing states: a text
	// as it is, anything else as Python prints it.
	Written *jinja.Dict
	// Macros are the unique ids of the macros that the template itself calls.
	Macros []string
}

func (c *Capture) addConfig(d *jinja.Dict) {
	if c.Config == nil {
		c.Config, c.Written = manifest.NewConfig(jinja.NewDict()), jinja.NewDict()
	}
	for k, v := range d.All() {
		text, ok := v.(string)
		if !ok {
			text = jinja.Repr(v)
		}
		c.Written.SetStr(jinja.Str(k), text)
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
