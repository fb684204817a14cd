package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// Clean removes the project's clean-targets. Folders with sources are refused,
// and so are folders outside the project unless outside is true.
func (a *App) Clean(ctx context.Context, outside bool) error {
	l, err := a.configured(ctx)
	if err != nil {
		return err
	}
	targets, err := cleanTargets(l, outside)
	if err != nil {
		return err
	}
	for _, dir := range targets {
		a.emit(event.Text{Lvl: event.Info, Msg: "Checking " + dir + "/*"})
		if err := os.RemoveAll(dir); err != nil {
			return fault.Wrap(err, fault.Disk, "%s cannot be removed", dir)
		}
		a.emit(event.Text{Lvl: event.Info, Msg: "Cleaned " + dir + "/*"})
	}
	a.emit(event.Text{Lvl: event.Info, Msg: "Finished cleaning all paths."})
	return nil
}

// cleanTargets gives the absolute folders to remove, sorted.
func cleanTargets(l *loaded, outside bool) ([]string, error) {
	sources := sourceDirs(l)
	warehouse := l.target.Path
	var out []string
	for _, name := range l.project.CleanTargets {
		dir := filepath.Clean(filepath.Join(l.root, filepath.FromSlash(name)))
		if filepath.IsAbs(name) {
			dir = filepath.Clean(name)
		}
		for _, source := range sources {
			if within(source, dir) {
				return nil, fault.New(fault.Invalid, "clean would remove the sources in %s", source).At(project.FileName, 0).
					WithHint("take %s out of clean-targets", name)
			}
		}
		if within(warehouse, dir) {
			return nil, fault.New(fault.Invalid, "clean would remove the warehouse %s", warehouse).At(project.FileName, 0).
				WithHint("take %s out of clean-targets, or move the warehouse", name)
		}
		if !outside && (dir == l.root || !within(dir, l.root)) {
			return nil, fault.New(fault.Invalid, "clean would remove %s, which is outside the project", dir).At(project.FileName, 0).
				WithHint("add --no-clean-project-files-only if you mean it")
		}
		out = append(out, dir)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func sourceDirs(l *loaded) []string {
	p := l.project
	var out []string
	for _, list := range [][]string{p.ModelPaths, p.SeedPaths, p.TestPaths, p.AnalysisPaths, p.SnapshotPaths, p.MacroPaths} {
		for _, dir := range list {
			out = append(out, filepath.Join(l.root, filepath.FromSlash(dir)))
		}
	}
	return out
}

// within says whether path is dir or below it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
