package parse

import (
	"os"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// readSnapshots reads snapshots of both forms: blocks in SQL files, and YAML
// with a relation.
func (p *parser) readSnapshots() error {
	err := p.eachFile(func(q *project.Project) []string {
		return append(append([]string{}, q.SnapshotPaths...), q.ModelPaths...)
	},
		[]string{".sql"}, p.readSnapshotBlocks)
	if err != nil {
		return err
	}
	for _, e := range p.props.lists["snapshots"] {
		if n := e.get("relation"); !yamlvalue.IsNull(n) {
			if err := p.readSnapshotYAML(e, yamlvalue.Text(n)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *parser) readSnapshotBlocks(proj *project.Project, f project.File, shown string) error {
	src, err := os.ReadFile(f.Absolute)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "the snapshot cannot be read").At(shown, 0)
	}
	text := strings.ReplaceAll(string(src), "\r\n", "\n")
	if !strings.Contains(text, "snapshot") {
		return nil
	}
	blocks, err := jinja.ExtractBlocks(shown, text, "snapshot")
	if err != nil {
		// Only a file that holds a snapshot must be readable as one; models are read elsewhere.
		if inFolder(f.Original, proj.SnapshotPaths) {
			return err
		}
		return nil
	}
	for _, b := range blocks {
		n := p.newNode(proj, f, manifest.Snapshot, b.Name)
		n.RawCode, n.RawLine, n.Checksum = b.Inner, b.InnerLine, fingerprint(text)
		// dbt puts the file's own name between the folders and the snapshot's.
		n.FQN = append(fqn(proj.Name, f.Relative, f.Stem()), b.Name)
		if err := p.finish(draft{node: n, proj: proj, shown: shown, entry: p.patch("snapshots", proj.Name, b.Name)}); err != nil {
			return err
		}
		if n.Config.Enabled() {
			if err := p.checkSnapshot(n, shown); err != nil {
				return err
			}
		}
	}
	return nil
}

func inFolder(original string, folders []string) bool {
	for _, dir := range folders {
		if strings.HasPrefix(original, strings.TrimSuffix(dir, "/")+"/") {
			return true
		}
	}
	return false
}

// readSnapshotYAML makes a snapshot of `relation: ref('x')`.
func (p *parser) readSnapshotYAML(e *entry, relation string) error {
	e.used = true
	n := p.newNode(e.proj, e.file, manifest.Snapshot, e.name)
	n.RawCode = "select * from {{ " + relation + " }}"
	n.RawLine = e.node.Line
	n.Checksum = fingerprint(n.RawCode)
	n.Path = e.name + ".sql"
	n.FQN = fqn(e.proj.Name, e.file.Relative, e.name)
	if err := p.finish(draft{node: n, proj: e.proj, shown: e.shown, entry: e}); err != nil {
		return err
	}
	if !n.Config.Enabled() {
		return nil
	}
	return p.checkSnapshot(n, e.shown)
}

// checkSnapshot refuses snapshots that could not tell one row from the next.
func (p *parser) checkSnapshot(n *manifest.Node, shown string) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Parse, format, args...).At(shown, n.RawLine)
	}
	if v, _ := n.Config.Get("unique_key"); v == nil {
		return bad("the snapshot %q needs a unique_key", n.Name)
	}
	switch strategy := n.Config.String("strategy"); strategy {
	case "":
		return bad("the snapshot %q needs a strategy: timestamp or check", n.Name)
	case "timestamp":
		if n.Config.String("updated_at") == "" {
			return bad("the snapshot %q has strategy timestamp and needs updated_at", n.Name)
		}
	case "check":
		if v, _ := n.Config.Get("check_cols"); v == nil {
			return bad("the snapshot %q has strategy check and needs check_cols: a list of columns, or all", n.Name)
		}
	}
	return nil
}
