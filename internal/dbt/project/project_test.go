package project_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// write makes a folder of files.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func renderer() *project.Renderer {
	env := jinja.NewFunc("env_var", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		return "from-env-" + jinja.Str(args.Pos[0]), nil
	})
	return &project.Renderer{Scope: jinja.MapScope{"env_var": env}, Options: jinja.Options{Undefined: jinja.Strict}}
}

func TestDefaultsAndOldNames(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{project.FileName: `
name: shop
profile: "{{ env_var('P') }}"
source-paths: [old_models]
data-paths: [old_seeds]
on-run-start: "select '{{ not_rendered }}'"
models:
  shop: {+tags: "{{ env_var('T') }}", +pre-hook: "{{ later }}"}
tests: {+severity: warn}
`})
	p, err := project.Load(t.Context(), dir, renderer())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{
		"name": p.Name, "profile": p.ProfileName, "models": p.ModelPaths, "seeds": p.SeedPaths, "macros": p.MacroPaths,
		"start": p.OnRunStart, "target": p.TargetPath, "config": jinja.Repr(p.Configs[project.Models].Rendered),
		"tests": jinja.Repr(p.Configs[project.DataTests].Rendered), "clean": p.CleanTargets,
	}
	want := map[string]any{
		"name": "shop", "profile": "from-env-P", "models": []string{"old_models"}, "seeds": []string{"old_seeds"}, "macros": []string{"macros"},
		"start": []string{"select '{{ not_rendered }}'"}, "target": "target",
		"config": "{'shop': {'+tags': 'from-env-T', '+pre-hook': '{{ later }}'}}", "tests": "{'+severity': 'warn'}",
		"clean": []string{"target"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestVarsAreFoundFromNearToFar(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		project.FileName:                       "name: shop\nprofile: p\nvars:\n  a: global\n  b: global\n  dep: {a: for-dep}\n  shop: {b: for-shop}\n",
		"dbt_packages/dep/" + project.FileName: "name: dep\nprofile: p\nvars: {a: own, c: own}\n",
	})
	p, err := project.Load(t.Context(), dir, renderer())
	if err != nil {
		t.Fatal(err)
	}
	cli := jinja.NewDict()
	cli.SetStr("z", "cli")
	for _, c := range []struct{ pkg, name, want string }{
		{"shop", "a", "global"},
		{"shop", "b", "for-shop"},
		{"shop", "z", "cli"},
		{"shop", "c", ""},
		{"dep", "a", "for-dep"},
		{"dep", "b", "global"},
		{"dep", "c", "own"},
	} {
		v, ok := p.VarsFor(c.pkg, cli).Lookup(c.name)
		if ok != (c.want != "") || ok && v != c.want {
			t.Errorf("%s sees %s as %v (%v), want %q", c.pkg, c.name, v, ok, c.want)
		}
	}
}

func TestFilesLeaveOutWhatIsIgnored(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		project.FileName: "name: shop\nprofile: p\n", ".dbtignore": "# comment\n*.tmp.sql\nmodels/old/\nscratch\n",
		"models/b.sql": "", "models/a/x.sql": "", "models/x.tmp.sql": "", "models/old/y.sql": "", "models/scratch/z.sql": "", "models/n.txt": "",
	})
	p, err := project.Load(t.Context(), dir, renderer())
	if err != nil {
		t.Fatal(err)
	}
	files, err := p.Files(p.ModelPaths, ".sql")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.Original+" "+f.Relative+" "+f.Stem())
	}
	if diff := cmp.Diff([]string{"models/a/x.sql a/x.sql x", "models/b.sql b.sql b"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestBadProjectsSayWhereAndWhat(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"no mapping":  {"- a\n", "dbt_project.yml:1: a project file is a mapping of keys"},
		"bad name":    {"version: 1\nname: my-shop\n", `dbt_project.yml:2: "my-shop" is no name for a project`},
		"list wanted": {"name: a\nmodel-paths: {x: 1}\n", "dbt_project.yml:2: model-paths takes a text or a list of texts"},
		"vars":        {"name: a\nvars: [1]\n", "dbt_project.yml:2: vars takes a mapping of keys"},
		"undefined":   {"name: a\nprofile: \"{{ nope() }}\"\n", "dbt_project.yml:2"},
		"quoting":     {"name: a\nquoting: {schema: maybe}\n", "quoting.schema is true or false"},
		"broken yaml": {"name: [a\n", "dbt_project.yml:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := project.Load(t.Context(), write(t, map[string]string{project.FileName: c.yaml}), renderer())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
		})
	}
}

const profiles = `
config: {send_anonymous_usage_stats: false}
shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: "data/{{ env_var('X') }}.db.duckdb"
      schema: analytics
      threads: 4
      extensions: [icu, {name: spatial, repo: community}]
      settings: {memory_limit: 1GB}
      attach: [{path: other.duckdb, alias: o}, {path: more.duckdb}]
    ci: {type: duckdb}
    pg: {type: postgres}
    many: {type: duckdb, threads: 0}
    named: {type: duckdb, path: a.duckdb, database: b}
`

func TestTargets(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{project.ProfilesName: profiles})
	load := func(target string) (*project.Target, error) {
		return project.LoadTarget(t.Context(), project.ProfileRequest{
			ProjectDir: "/p", Dirs: []string{filepath.Join(dir, "none"), dir}, Profile: "shop", Target: target,
		}, renderer())
	}
	dev, err := load("")
	if err != nil {
		t.Fatal(err)
	}
	want := project.Target{
		Profile: "shop", Name: "dev", Type: "duckdb", Path: "/p/data/from-env-X.db.duckdb", Database: "from-env-X", Schema: "analytics",
		Threads: 4, Extensions: []string{"icu", "spatial"}, ExternalRoot: ".", File: filepath.Join(dir, project.ProfilesName),
		Attach: []project.Attach{{Path: "/p/other.duckdb", Alias: "o"}, {Path: "/p/more.duckdb", Alias: "more"}},
	}
	got := *dev
	got.Settings, got.Options = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if ci, err := load("ci"); err != nil || ci.Path != ":memory:" || ci.Database != "memory" || ci.Threads != 1 {
		t.Errorf("ci is %+v, %v", ci, err)
	}
	for target, want := range map[string]string{
		"nope":  `the profile "shop" has no target "nope", only ci, dev, many, named, pg; name one of them with --target`,
		"pg":    `the adapter type "postgres" is not there`,
		"many":  "threads is a whole number from 1 to 256",
		"named": `the database is "b", but the file's is "a"`,
	} {
		if _, err := load(target); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "profiles.yml:") {
			t.Errorf("%s: got %v, want %s", target, err, want)
		}
	}
	_, err = project.LoadTarget(t.Context(), project.ProfileRequest{Dirs: []string{t.TempDir()}, Profile: "shop"}, renderer())
	if !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), "no profiles.yml in") {
		t.Errorf("no file: %v", err)
	}
	_, err = project.LoadTarget(t.Context(), project.ProfileRequest{Dirs: []string{dir}, Profile: "barn"}, renderer())
	if err == nil || !strings.Contains(err.Error(), `there is no profile "barn", only shop`) {
		t.Errorf("no profile: %v", err)
	}
}

func TestFindLooksUpwards(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{project.FileName: "name: a\n", "models/deep/x.sql": ""})
	got, err := project.Find(filepath.Join(dir, "models", "deep"))
	if err != nil || got != dir {
		t.Errorf("found %q, %v", got, err)
	}
	if _, err := project.Find(t.TempDir()); !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), "kith init") {
		t.Errorf("outside of a project: %v", err)
	}
}
