package compile

import (
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Capture is what the first pass over a template found: what it refers to, how
// it configures itself, which macros it calls.
type Capture struct {
	Refs    []manifest.Ref
	Sources []manifest.SourceRef
	// RefSites and SourceSites tell where each of them is written first.
	RefSites, SourceSites []manifest.Site
	Metrics               [][]string
	// Config holds the config() calls, merged; nil when there is none.
	Config *manifest.Config
	// Written holds the config() arguments as texts, for comparing states: a text
	// as it is, anything else as Python prints it, and what the node's own code
	// computes as the expression.
	Written *jinja.Dict
	// Macros are the unique ids of the macros that the template itself calls.
	Macros []string
}

// Configure records what a config() call sets.
func (c *Capture) Configure(d *jinja.Dict) {
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

// asWritten puts expressions in place of what they came out as, so that another
// target or variable alone is no change.
func (c *Capture) asWritten(t *jinja.Template) {
	if c.Written == nil {
		return
	}
	for key, expression := range t.Computed("config") {
		if _, set := c.Written.GetStr(key); set {
			c.Written.SetStr(key, expression)
		}
	}
}

func (c *Capture) addRef(r manifest.Ref, at manifest.Site) {
	if slices.Contains(c.Refs, r) {
		return
	}
	c.Refs, c.RefSites = append(c.Refs, r), append(c.RefSites, at)
}

func (c *Capture) addSource(s manifest.SourceRef, at manifest.Site) {
	if slices.Contains(c.Sources, s) {
		return
	}
	c.Sources, c.SourceSites = append(c.Sources, s), append(c.SourceSites, at)
}

func (c *Capture) addMacro(id string) {
	if slices.Contains(c.Macros, id) {
		return
	}
	c.Macros = append(c.Macros, id)
}
