package app

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// StateFlags say where earlier artifacts are, and what they are for.
type StateFlags struct {
	// Dir holds the artifacts of an earlier invocation, for state:, result: and
	// source_status:, and for deferral unless DeferDir says otherwise.
	Dir string
	// DeferDir holds the manifest that refs are deferred to.
	DeferDir string
	// Defer lets refs of nodes that are not here resolve to that manifest's
	// relations; nil leaves it to the project's flags.
	Defer *bool
	// Favor defers also where the relation is here, for unselected nodes.
	Favor *bool
}

// state reads the artifacts of --state, nil without it.
func (a *App) state(l *loaded) (*graph.State, error) {
	if a.cfg.Flags.State.Dir == "" {
		return nil, nil //nolint:nilnil // there is no state to compare with
	}
	if l.state != nil {
		return l.state, nil
	}
	dir, err := a.stateDir(l, a.cfg.Flags.State.Dir, "state")
	if err != nil {
		return nil, err
	}
	l.state, err = artifact.LoadState(dir, l.artifacts())
	return l.state, err
}

// stateDir finds a folder that is named relative to the project, or to the
// working directory.
func (a *App) stateDir(l *loaded, name, flag string) (string, error) {
	tried := []string{filepath.Join(l.root, name), a.abs(name)}
	if filepath.IsAbs(name) {
		tried = []string{filepath.Clean(name)}
	}
	for _, dir := range slices.Compact(tried) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, nil
		}
	}
	return "", fault.New(fault.Usage, "--%s: there is no folder %s", flag, name).WithHint("name the folder of an earlier manifest.json")
}

// deferTo prepares deferral: for refs when --defer is on, and for templates that
// ask for defer_relation whenever there is a manifest.
func (a *App) deferTo(l *loaded) error {
	f := a.cfg.Flags.State
	refs := a.flag(f.Defer, "defer", false)
	m, err := a.deferManifest(l)
	if err != nil {
		return err
	}
	if m == nil {
		if refs {
			return fault.New(fault.Usage, "--defer needs to know what to defer to").WithHint("give the folder of the other environment's manifest.json with --state or --defer-state")
		}
		return nil
	}
	l.env.Defer = compile.NewDeferral(m, refs, a.flag(f.Favor, "favor_state", false))
	return nil
}

// deferManifest gives the manifest of --defer-state, else of --state, nil
// without either. One that was named must be there when it is needed.
func (a *App) deferManifest(l *loaded) (*manifest.Manifest, error) {
	f := a.cfg.Flags.State
	if f.DeferDir != "" {
		dir, err := a.stateDir(l, f.DeferDir, "defer-state")
		if err != nil {
			return nil, err
		}
		m, _, err := artifact.ReadManifest(filepath.Join(dir, artifact.ManifestFile))
		return m, err
	}
	state, err := a.state(l)
	if err != nil || state == nil {
		return nil, err
	}
	if state.Manifest == nil && a.flag(f.Defer, "defer", false) {
		return nil, fault.New(fault.Usage, "--state: %s has no manifest.json to defer to", f.Dir)
	}
	return state.Manifest, nil
}
