package app

import (
	"errors"
	"maps"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/jinja"
)

// customEnv begins the names of environment variables that artifacts record.
const customEnv = "DBT_ENV_CUSTOM_ENV_"

// metadata says who writes an artifact.
func (a *App) metadata() artifact.Metadata {
	env := map[string]string{}
	for _, name := range a.cfg.EnvNames {
		short, ok := strings.CutPrefix(name, customEnv)
		if !ok {
			continue
		}
		if value, ok := a.cfg.Env(name); ok {
			env[short] = value
		}
	}
	return artifact.Metadata{
		GeneratedAt: a.cfg.Now().UTC(), InvocationID: a.id, InvocationStartedAt: a.started.UTC(),
		Env: env, Generator: "kith " + a.cfg.Version,
	}
}

// writeManifest writes manifest.json unless --no-write-json.
func (a *App) writeManifest(l *loaded) error {
	if !a.flag(a.cfg.Flags.WriteJSON, "write_json", true) {
		return nil
	}
	return artifact.WriteManifest(l.artifacts(), l.manifest, a.metadata())
}

// writeArtifacts writes what a run leaves behind, however it ended.
func (a *App) writeArtifacts(l *loaded, r *run.Report) error {
	if !a.flag(a.cfg.Flags.WriteJSON, "write_json", true) {
		return nil
	}
	results := artifact.RunResults{Metadata: a.metadata(), ElapsedTime: r.Elapsed, Args: a.args(l)}
	for i := range r.Results {
		results.Results = append(results.Results, r.Results[i].RunResult)
	}
	return errors.Join(a.writeManifest(l), artifact.WriteRunResults(l.artifacts(), results))
}

// args are the invocation's flags as run_results.json has them.
func (a *App) args(l *loaded) map[string]any {
	out := map[string]any{}
	maps.Copy(out, a.cfg.Flags.Args)
	out["which"] = a.cfg.Command
	out["project_dir"] = l.root
	out["profiles_dir"] = a.cfg.ProfilesDir
	out["vars"] = varsArg(l)
	return out
}

// secretEnv begins the names of variables whose values are never written.
const secretEnv = "DBT_ENV_SECRET" //nolint:gosec // a prefix, no secret

// varsArg gives the command line's variables, those with secret names without
// their values.
func varsArg(l *loaded) map[string]any {
	out := map[string]any{}
	for k, v := range l.invocation.Vars.All() {
		name := jinja.Str(k)
		if strings.HasPrefix(name, secretEnv) {
			v = "*****"
		}
		out[name] = jinja.ToGo(v)
	}
	return out
}
