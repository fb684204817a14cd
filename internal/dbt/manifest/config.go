package manifest

import "github.com/kith-analytics/kith/internal/jinja"

// Config is a node's resolved configuration: dbt's keys with their defaults,
// and any others that the project sets. Typed readers fall back to the default
// where a value has another type; parsing has already refused wrong ones.
type Config struct{ Values *jinja.Dict }

// NewConfig wraps values.
func NewConfig(values *jinja.Dict) *Config { return &Config{Values: values} }

// Get gives a value, and whether the key is set.
func (c *Config) Get(key string) (jinja.Value, bool) {
	if c == nil || c.Values == nil {
		return nil, false
	}
	return c.Values.GetStr(key)
}

// Set sets a value.
func (c *Config) Set(key string, v jinja.Value) { c.Values.SetStr(key, v) }

// String gives a text value, or "".
func (c *Config) String(key string) string {
	v, _ := c.Get(key)
	s, _ := v.(string)
	return s
}

// Bool gives a boolean value, or fallback.
func (c *Config) Bool(key string, fallback bool) bool {
	v, _ := c.Get(key)
	if b, ok := v.(bool); ok {
		return b
	}
	return fallback
}

// Strings gives a value that may be one text or a list of them.
func (c *Config) Strings(key string) []string {
	v, _ := c.Get(key)
	switch v := v.(type) {
	case string:
		return []string{v}
	case *jinja.List:
		out := make([]string, 0, len(v.Items))
		for _, item := range v.Items {
			out = append(out, jinja.Str(item))
		}
		return out
	}
	return nil
}

// Materialized is how the node becomes a relation: view, table, incremental, ephemeral, seed, snapshot, test ...
func (c *Config) Materialized() string { return c.String("materialized") }

// Enabled is false for nodes that configuration switches off.
func (c *Config) Enabled() bool { return c.Bool("enabled", true) }

// StoreFailures says whether a test keeps its failing rows in a relation.
func (c *Config) StoreFailures() bool {
	if as := c.String("store_failures_as"); as != "" {
		return as != "ephemeral"
	}
	return c.Bool("store_failures", false)
}
