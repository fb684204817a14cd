package project

import (
	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// use says what becomes of a key of dbt-duckdb.
type use uint8

const (
	unknown use = iota
	used
	// idle keys have nothing to switch here.
	idle
	// absent keys ask for what this build does not do.
	absent
)

// outputKey tells the use of a key of a target.
func outputKey(key string) use {
	switch key {
	case "type", "path", "database", "schema", "threads", "extensions", "settings", "config_options", "attach", "external_root":
		return used
	case "keep_open", "retries", "disable_transactions":
		return idle
	case "secrets", "plugins", "filesystems", "use_credential_provider", "module_paths", "is_ducklake", "remote", "motherduck_token", "flights":
		return absent
	}
	return unknown
}

// attachKey tells the use of a key of an attached database.
func attachKey(key string) use {
	switch key {
	case "path", "type", "alias", "read_only":
		return used
	case "secret", "options", "is_ducklake":
		return absent
	}
	return unknown
}

// checkProfileKeys refuses what would be dropped without a word: keys that are
// mistyped, and those of features that are not here, unless they are off.
func (b *builder) checkProfileKeys(node *yaml.Node, values *jinja.Dict, useOf func(key string) use) {
	for _, pair := range yamlvalue.Pairs(node) {
		if b.err != nil {
			return
		}
		switch v, _ := values.GetStr(pair.Key); useOf(pair.Key) {
		case unknown:
			b.err = fault.New(fault.Usage, "there is no key %q for duckdb", pair.Key).At(b.file, pair.Line).
				WithHint("look for a typing mistake")
		case absent:
			if jinja.Truth(v) {
				b.err = fault.New(fault.Usage, "%s is not there in this build", pair.Key).At(b.file, pair.Line).
					WithHint("take it out; docs/dbt-compatibility.md says what is there")
			}
		case used, idle:
		}
	}
}
