package parse

import (
	"os"
	"path"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// eachFile calls f for the files of all projects with one of the extensions.
func (p *parser) eachFile(paths func(*project.Project) []string, extensions []string, f func(*project.Project, project.File, string) error) error {
	for _, proj := range p.projects() {
		files, err := proj.Files(paths(proj), extensions...)
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := f(proj, file, shownPath(p.Project, proj, file.Original)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sqlNode reads one file as one node of a type.
func (p *parser) sqlNode(proj *project.Project, f project.File, shown string, t manifest.ResourceType, name string, e *entry) (draft, error) {
	text, line, err := readSQL(f, shown)
	if err != nil {
		return draft{}, err
	}
	n := p.newNode(proj, f, t, name)
	n.RawCode, n.RawLine, n.Checksum = text, line, fingerprint(text)
	return draft{node: n, proj: proj, shown: shown, entry: e}, nil
}

func (p *parser) readSeeds() error {
	return p.eachFile(func(q *project.Project) []string { return q.SeedPaths }, []string{".csv"}, p.readSeed)
}

func (p *parser) readSeed(proj *project.Project, f project.File, shown string) error {
	n := p.newNode(proj, f, manifest.Seed, f.Stem())
	n.Language = ""
	data, err := os.ReadFile(f.Absolute)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "the seed cannot be read").At(shown, 0)
	}
	n.Checksum = sha(strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")))
	return p.finish(draft{node: n, proj: proj, shown: shown, entry: p.patch("seeds", proj.Name, n.Name)})
}

func (p *parser) readAnalyses() error {
	return p.eachFile(func(q *project.Project) []string { return q.AnalysisPaths }, []string{".sql"},
		func(proj *project.Project, f project.File, shown string) error {
			d, err := p.sqlNode(proj, f, shown, manifest.Analysis, f.Stem(), p.patch("analyses", proj.Name, f.Stem()))
			if err != nil {
				return err
			}
			d.node.Path = path.Join("analysis", f.Relative)
			d.node.FQN = fqn(proj.Name, d.node.Path, f.Stem())
			return p.finish(d)
		})
}

func (p *parser) readSingularTests() error {
	return p.eachFile(func(q *project.Project) []string { return q.TestPaths }, []string{".sql"},
		func(proj *project.Project, f project.File, shown string) error {
			if strings.HasPrefix(f.Relative, "generic/") || strings.HasPrefix(f.Relative, "fixtures/") {
				return nil
			}
			d, err := p.sqlNode(proj, f, shown, manifest.Test, f.Stem(), p.patch("data_tests", proj.Name, f.Stem()))
			if err != nil {
				return err
			}
			return p.finish(d)
		})
}

// readHooks makes an operation of each on-run-start and on-run-end statement.
func (p *parser) readHooks() error {
	for _, proj := range p.projects() {
		for _, list := range []struct {
			tag string
			sql []string
		}{{"on-run-start", proj.OnRunStart}, {"on-run-end", proj.OnRunEnd}} {
			for i, sql := range list.sql {
				if err := p.readHook(proj, list.tag, i, sql); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (p *parser) readHook(proj *project.Project, tag string, index int, sql string) error {
	name := proj.Name + "-" + tag + "-" + str(int64(index))
	f := project.File{Original: "./" + project.FileName, Relative: path.Join("hooks", name+".sql")}
	n := p.newNode(proj, f, manifest.Operation, name)
	n.RawCode, n.Tags, n.Checksum = sql, []string{tag}, fingerprint(proj.Text)
	n.RawLine = proj.HookLines[tag]
	n.FQN = []string{proj.Name, "hooks", name}
	shown := shownPath(p.Project, proj, project.FileName)
	// Hooks refer to names that exist only when they run.
	extra := jinja.MapScope{}
	for _, key := range []string{"results", "schemas", "database_schemas"} {
		extra[key] = jinja.NewList()
	}
	return p.finish(draft{node: n, proj: proj, shown: shown, extra: extra})
}
