package app

import (
	"context"
	"crypto/sha1" //nolint:gosec // the fingerprint that dbt's lock file has, no safeguard
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// lockFile names the packages that were installed, and for which list.
const lockFile = "package-lock.yml"

// wantedPackage is one entry of packages.yml.
type wantedPackage struct {
	local string // the folder as written; "" for packages from elsewhere
	other string // what another kind of package is called: dbt-labs/dbt_utils
	line  int
}

// Deps installs the packages that the project names with local:, and theirs,
// into the packages folder. Packages from elsewhere must be there already:
// nothing is fetched.
func (a *App) Deps(ctx context.Context) error {
	l, err := a.configured(ctx)
	if err != nil {
		return err
	}
	into := filepath.Join(l.root, filepath.FromSlash(l.project.PackagesPath))
	wanted, file, err := a.packagesOf(ctx, l, l.root)
	if err != nil {
		return err
	}
	if len(wanted) == 0 {
		a.emit(event.Text{Lvl: event.Info, Msg: "Warning: No packages were found in packages.yml"})
		return nil
	}
	installed := map[string]string{}
	if err := a.install(ctx, l, l.root, into, file, wanted, installed); err != nil {
		return err
	}
	return a.writeLock(l.root, wanted, installed)
}

// packagesOf reads packages.yml or dependencies.yml of a project folder; ""
// when there is neither.
func (a *App) packagesOf(ctx context.Context, l *loaded, dir string) ([]wantedPackage, string, error) {
	for _, name := range []string{"packages.yml", "dependencies.yml"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, "", fault.Wrap(err, fault.Usage, "the list of packages cannot be read").At(name, 0)
		}
		shown := name
		if rel, err := filepath.Rel(l.root, filepath.Join(dir, name)); err == nil {
			shown = filepath.ToSlash(rel)
		}
		node, err := yamlvalue.Read(shown, data)
		if err != nil {
			return nil, "", err
		}
		r := renderer(l.invocation.Scope(project.CommandLineVars(l.invocation.Vars), l.target.Dict(), false))
		var out []wantedPackage
		for _, item := range yamlvalue.Items(yamlvalue.Get(node, "packages")) {
			one, err := wantedFrom(ctx, r, shown, item)
			if err != nil {
				return nil, "", err
			}
			out = append(out, one)
		}
		if len(out) > 0 {
			return out, shown, nil
		}
	}
	return nil, "", nil
}

// packagesThere refuses to read a project whose packages are not all in the
// packages folder. As in dbt, they are counted.
func (a *App) packagesThere(ctx context.Context, l *loaded) error {
	wanted, file, err := a.packagesOf(ctx, l, l.root)
	if err != nil {
		return err
	}
	if have := len(l.project.Packages); have < len(wanted) {
		return fault.New(fault.Usage, "%s asks for %s, but %s has only %d", file, event.Plural(len(wanted), "package"), l.project.PackagesPath, have).
			At(file, wanted[0].line).WithHint("run `kith deps`")
	}
	return nil
}

func wantedFrom(ctx context.Context, r *project.Renderer, file string, item *yaml.Node) (wantedPackage, error) {
	value, err := r.Node(ctx, file, item, nil)
	if err != nil {
		return wantedPackage{}, err
	}
	d, ok := value.(*jinja.Dict)
	if !ok {
		return wantedPackage{}, fault.New(fault.Parse, "a package is a mapping such as `local: ../shared`").At(file, item.Line)
	}
	one := wantedPackage{line: item.Line}
	for _, key := range []string{"package", "git", "tarball", "private"} {
		if v, ok := d.GetStr(key); ok {
			one.other = jinja.Str(v)
			return one, nil
		}
	}
	v, ok := d.GetStr("local")
	if one.local = jinja.Str(v); !ok || one.local == "" {
		return one, fault.New(fault.Parse, "a package needs local, package, git or tarball").At(file, item.Line)
	}
	return one, nil
}

// install puts packages, and the packages that they name, into the folder.
func (a *App) install(ctx context.Context, l *loaded, from, into, file string, wanted []wantedPackage, installed map[string]string) error {
	for _, w := range wanted {
		if w.local == "" {
			if err := a.alreadyThere(l, into, file, w); err != nil {
				return err
			}
			continue
		}
		source := w.local
		if !filepath.IsAbs(source) {
			source = filepath.Join(from, filepath.FromSlash(source))
		}
		name, err := packageName(source, file, w)
		if err != nil {
			return err
		}
		switch before, ok := installed[name]; {
		case ok && before == source:
			continue
		case ok:
			return fault.New(fault.Usage, "two packages are named %q: %s and %s", name, before, source).At(file, w.line)
		}
		installed[name] = source
		a.emit(event.Text{Lvl: event.Info, Msg: "Installing " + w.local})
		if err := putPackage(source, filepath.Join(into, name)); err != nil {
			return err
		}
		a.emit(event.Text{Lvl: event.Info, Msg: "Installed from <local @ " + w.local + ">"})
		below, shown, err := a.packagesOf(ctx, l, source)
		if err != nil {
			return err
		}
		if err := a.install(ctx, l, source, into, shown, below, installed); err != nil {
			return err
		}
	}
	return nil
}

// alreadyThere accepts a package from elsewhere that is in the packages folder.
func (a *App) alreadyThere(l *loaded, into, file string, w wantedPackage) error {
	base := strings.TrimSuffix(w.other[strings.LastIndexByte(w.other, '/')+1:], ".git")
	for _, name := range []string{base, strings.ReplaceAll(base, "-", "_")} {
		if _, err := os.Stat(filepath.Join(into, name, project.FileName)); err == nil {
			a.emit(event.Text{Lvl: event.Info, Msg: "Found " + w.other + " in " + l.project.PackagesPath + "/" + name})
			return nil
		}
	}
	return fault.New(fault.Usage, "the package %s is not in %s, and Kith fetches nothing", w.other, l.project.PackagesPath).At(file, w.line).
		WithHint("put its folder into %s/%s by hand", l.project.PackagesPath, base)
}

// packageName reads the name that a package gives itself.
func packageName(dir, file string, w wantedPackage) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, project.FileName))
	if err != nil {
		return "", fault.New(fault.Usage, "the local package %s has no %s", w.local, project.FileName).At(file, w.line).
			WithHint("the path starts from the folder of the project that names it")
	}
	node, err := yamlvalue.Read(project.FileName, data)
	if err != nil {
		return "", err
	}
	name := yamlvalue.Text(yamlvalue.Get(node, "name"))
	if name == "" || name != filepath.Base(name) || name == ".." || name == "." {
		return "", fault.New(fault.Parse, "the local package %s has no proper name", w.local).At(file, w.line)
	}
	return name, nil
}

// putPackage links a package, or copies it where links cannot be made. What was
// installed before is replaced; only a link or a folder that holds a project is.
func putPackage(source, target string) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil { //nolint:gosec // sources, for their readers
		return fault.Wrap(err, fault.Disk, "%s cannot be made", filepath.Dir(target))
	}
	if info, err := os.Lstat(target); err == nil {
		if info.Mode()&fs.ModeSymlink == 0 {
			if _, err := os.Stat(filepath.Join(target, project.FileName)); err != nil {
				return fault.New(fault.Usage, "%s is in the way: it is no package", target).WithHint("move it away")
			}
		}
		if err := os.RemoveAll(target); err != nil {
			return fault.Wrap(err, fault.Disk, "%s cannot be replaced", target)
		}
	}
	link, err := filepath.Rel(filepath.Dir(target), source)
	if err != nil {
		link = source
	}
	if os.Symlink(link, target) == nil {
		return nil
	}
	if err := os.CopyFS(target, os.DirFS(source)); err != nil {
		return fault.Wrap(err, fault.Disk, "%s cannot be copied to %s", source, target)
	}
	return nil
}

// writeLock writes package-lock.yml in dbt's form.
func (a *App) writeLock(root string, wanted []wantedPackage, installed map[string]string) error {
	var b strings.Builder
	var sums []string
	for _, w := range wanted {
		if w.local == "" {
			continue
		}
		source := w.local
		if !filepath.IsAbs(source) {
			source = filepath.Join(root, filepath.FromSlash(source))
		}
		for name, from := range installed {
			if from == source {
				fmt.Fprintf(&b, "  - local: %s\n    name: %s\n", w.local, name)
			}
		}
		sums = append(sums, fmt.Sprintf(`{"local": %q, "unrendered": {"local": %q}}`, w.local, w.local))
	}
	if len(sums) == 0 {
		return nil
	}
	slices.Sort(sums)
	sum := sha1.Sum([]byte(strings.Join(sums, "\n"))) //nolint:gosec // as above
	a.emit(event.Text{Lvl: event.Info, Msg: "Updating lock file in file path: " + filepath.Join(root, lockFile)})
	return writeText(filepath.Join(root, lockFile), []byte("packages:\n"+b.String()+"sha1_hash: "+hex.EncodeToString(sum[:])+"\n"))
}
