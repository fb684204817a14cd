package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// ListOutput is a form of listing.
type ListOutput string

// The forms.
const (
	// BySelector names each node as a selection would: its fqn with dots.
	BySelector ListOutput = "selector"
	ByName     ListOutput = "name"
	ByPath     ListOutput = "path"
	AsJSON     ListOutput = "json"
)

// ListOptions say what to list.
type ListOptions struct {
	Selection

	Output ListOutput // "" is BySelector
	// Keys are the properties of AsJSON, with dots into nested ones; nil is dbt's choice.
	Keys []string
}

func listed() (every, byDefault []manifest.ResourceType) {
	byDefault = []manifest.ResourceType{
		manifest.Model, manifest.Snapshot, manifest.Seed, manifest.Test, manifest.SourceType, manifest.ExposureType, manifest.UnitTestType,
	}
	return append(slices.Clip(byDefault), manifest.Analysis), byDefault
}

// List prints the nodes of a selection, a line each. It never opens the warehouse.
func (a *App) List(ctx context.Context, o ListOptions) error {
	l, err := a.parsed(ctx)
	if err != nil {
		return err
	}
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	every, byDefault := listed()
	ids, err := a.selected(l, o.Selection, every, byDefault, true)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		a.emit(event.NoNodes{})
		return nil
	}
	lines, err := a.lines(l.manifest, ids, o)
	if err != nil {
		return err
	}
	for _, line := range lines {
		a.emit(event.Print{Msg: line})
	}
	return nil
}

func (a *App) lines(m *manifest.Manifest, ids []string, o ListOptions) ([]string, error) {
	var one func(id string) string
	switch o.Output {
	case BySelector, "":
		one = func(id string) string { return selectorOf(m, id) }
	case ByName:
		one = func(id string) string { return nameOf(m, id) }
	case ByPath:
		one = func(id string) string { return fileOf(m, id) }
	case AsJSON:
		return a.jsonLines(m, ids, o.Keys)
	default:
		return nil, fault.New(fault.Usage, "--output: there is no form %q", string(o.Output)).WithHint("use selector, name, path or json")
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = one(id)
	}
	return out, nil
}

func selectorOf(m *manifest.Manifest, id string) string {
	if s, ok := m.Sources[id]; ok {
		return "source:" + s.Package + "." + s.SourceName + "." + s.Name
	}
	if e, ok := m.Exposures[id]; ok {
		return "exposure:" + e.Package + "." + e.Name
	}
	if u, ok := m.UnitTests[id]; ok {
		return "unit_test:" + u.Package + "." + u.Name
	}
	return strings.Join(m.Nodes[id].FQN, ".")
}

func nameOf(m *manifest.Manifest, id string) string {
	if s, ok := m.Sources[id]; ok {
		return s.SourceName + "." + s.Name
	}
	if e, ok := m.Exposures[id]; ok {
		return e.Name
	}
	if u, ok := m.UnitTests[id]; ok {
		return u.Name
	}
	if n := m.Nodes[id]; n.Version == "" {
		return n.Name
	}
	return m.Nodes[id].Name + ".v" + m.Nodes[id].Version
}

func fileOf(m *manifest.Manifest, id string) string {
	if s, ok := m.Sources[id]; ok {
		return s.OriginalFilePath
	}
	if e, ok := m.Exposures[id]; ok {
		return e.OriginalFilePath
	}
	if u, ok := m.UnitTests[id]; ok {
		return u.OriginalFilePath
	}
	return m.Nodes[id].OriginalFilePath
}

// defaultKeys are the properties that dbt lists, in its order.
func defaultKeys() []string {
	return []string{
		"name", "resource_type", "package_name", "original_file_path", "unique_id", "source_name", "alias", "config", "tags", "depends_on",
	}
}

// jsonLines gives each node as manifest.json has it, cut to some keys.
func (a *App) jsonLines(m *manifest.Manifest, ids, keys []string) ([]string, error) {
	entries, err := entriesOf(m, a.metadata())
	if err != nil {
		return nil, err
	}
	exact := len(keys) == 0
	if exact {
		keys = defaultKeys()
	}
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		var b bytes.Buffer
		b.WriteByte('{')
		for _, key := range keys {
			value := entries[id].at(key)
			if value == nil {
				continue
			}
			if b.Len() > 1 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%q: %s", key, value)
		}
		b.WriteByte('}')
		out = append(out, b.String())
	}
	return out, nil
}

// entryJSON is one node of manifest.json.
type entryJSON map[string]json.RawMessage

// at gives a property, with dots into nested ones; nil when it is not there.
func (e entryJSON) at(key string) json.RawMessage {
	if v, ok := e[key]; ok {
		return v
	}
	head, rest, nested := strings.Cut(key, ".")
	if !nested {
		return nil
	}
	var inner entryJSON
	if json.Unmarshal(e[head], &inner) != nil {
		return nil
	}
	return inner.at(rest)
}

// entriesOf gives what manifest.json says of each node, without macros and docs.
func entriesOf(m *manifest.Manifest, meta artifact.Metadata) (map[string]entryJSON, error) {
	lean := *m
	lean.Macros, lean.Docs, lean.Disabled, lean.DisabledSources = nil, nil, nil, nil
	var doc struct {
		Nodes     map[string]entryJSON `json:"nodes"`
		Sources   map[string]entryJSON `json:"sources"`
		Exposures map[string]entryJSON `json:"exposures"`
		UnitTests map[string]entryJSON `json:"unit_tests"`
	}
	if err := json.Unmarshal(artifact.EncodeManifest(&lean, meta), &doc); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the manifest cannot be read back")
	}
	all := doc.Nodes
	if all == nil {
		all = map[string]entryJSON{}
	}
	for _, more := range []map[string]entryJSON{doc.Sources, doc.Exposures, doc.UnitTests} {
		maps.Copy(all, more)
	}
	return all, nil
}
