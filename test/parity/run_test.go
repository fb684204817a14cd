package parity

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// work is one side's copy of a project, and where its steps are kept.
type work struct {
	dir, saved string
}

func newWork(t *testing.T, project string) work {
	t.Helper()
	root := t.TempDir()
	w := work{dir: filepath.Join(root, filepath.Base(project)), saved: filepath.Join(root, "saved")}
	if err := os.CopyFS(w.dir, os.DirFS(project)); err != nil {
		t.Fatal(err)
	}
	for _, made := range []string{"target", "logs"} {
		if err := os.RemoveAll(filepath.Join(w.dir, made)); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func (w work) step(i int) string { return filepath.Join(w.saved, strconv.Itoa(i)) }

// ours runs a project's steps with kith.
func ours(t *testing.T, project string, s *spec, selections func(map[string]map[string]any) [][]string) (facts, work) {
	t.Helper()
	w := newWork(t, project)
	cwd := filepath.Join(w.dir, s.Package)
	f := facts{Ls: map[string][]string{}}
	for i, st := range s.Steps {
		if st.Overlay != "" {
			overlay(t, filepath.Join(cwd, st.Overlay), cwd)
		}
		code, stdout, stderr := kith(t, cwd, s.Env, st.Args...)
		if os.Getenv("PARITY_VERBOSE") != "" && code != 0 {
			t.Logf("kith %s: exit %d\n%s%s", strings.Join(st.Args, " "), code, stdout, stderr)
		}
		keep(t, cwd, s.Database, w.step(i))
		got := stepFacts{Args: st.Args, Exit: code}
		collect(t, w.step(i), w.dir, s, &got)
		f.Steps = append(f.Steps, got)
	}
	for _, args := range selections(f.Steps[len(f.Steps)-1].Manifest) {
		_, stdout, stderr := kith(t, cwd, s.Env, append([]string{"--quiet", "ls"}, args...)...)
		if stderr != "" {
			stdout = "" // an error, or a warning that nothing matched
		}
		f.Ls[strings.Join(args, " ")] = lines(stdout)
	}
	return f, w
}

func lines(text string) []string {
	text = strings.TrimSpace(text)
	if text == "" {
		return []string{}
	}
	return strings.Split(text, "\n")
}

// dbts runs a project's steps with dbt.
func dbts(t *testing.T, python, project string, s *spec, selections [][]string) (facts, work) {
	t.Helper()
	w := newWork(t, project)
	cwd := filepath.Join(w.dir, s.Package)
	type planStep struct {
		Overlay string   `json:"overlay"`
		Args    []string `json:"args"`
		Save    string   `json:"save"`
	}
	plan := struct {
		Dir      string     `json:"dir"`
		Database string     `json:"database"`
		Steps    []planStep `json:"steps"`
		Ls       [][]string `json:"ls"`
		Out      string     `json:"out"`
	}{Dir: cwd, Database: s.Database, Ls: selections, Out: filepath.Join(filepath.Dir(w.dir), "out.json")}
	for i, st := range s.Steps {
		p := planStep{Args: st.Args, Save: w.step(i)}
		if st.Overlay != "" {
			p.Overlay = filepath.Join(cwd, st.Overlay)
		}
		plan.Steps = append(plan.Steps, p)
	}
	data, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(w.dir), "plan.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "dbtside.py", path)
	cmd.Env = environment(w.dir, s.Env)
	out, err := cmd.CombinedOutput()
	if os.Getenv("PARITY_VERBOSE") != "" {
		t.Logf("%s", out)
	}
	if err != nil {
		t.Fatalf("dbt: %v\n%s", err, out)
	}
	var answers struct {
		Steps []struct {
			Exit    int
			Message string
		}
		Ls []struct {
			Exit  int
			Lines []string
		}
	}
	readJSON(t, plan.Out, &answers)
	f := facts{Ls: map[string][]string{}}
	for i, st := range s.Steps {
		got := stepFacts{Args: st.Args, Exit: answers.Steps[i].Exit}
		collect(t, w.step(i), w.dir, s, &got)
		f.Steps = append(f.Steps, got)
	}
	for i, args := range selections {
		f.Ls[strings.Join(args, " ")] = answers.Ls[i].Lines
	}
	return f, w
}

// overlay copies a folder's files over another's.
func overlay(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o750)
		}
		return copyFile(path, filepath.Join(to, rel))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// keep copies what a step left behind.
func keep(t *testing.T, dir, database, saved string) {
	t.Helper()
	if err := os.MkdirAll(saved, 0o750); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"target/manifest.json", "target/run_results.json", "target/sources.json", "target/catalog.json", database} {
		err := copyFile(filepath.Join(dir, name), filepath.Join(saved, filepath.Base(name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}
