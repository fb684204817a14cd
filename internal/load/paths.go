package load

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// named is a file: where it is, and as what it was named.
type named struct{ path, name string }

// expand gives the files behind the paths, each once, in the order of the paths
// and by name within a folder or glob. Relative paths start from dir; "" is the working
// directory.
func expand(dir string, paths []string) ([]named, error) {
	if len(paths) == 0 {
		return nil, fault.New(fault.Usage, "no file to load is named").WithHint("name files, folders or globs")
	}
	var out []named
	seen := map[string]bool{}
	for _, path := range paths {
		relative := dir != "" && !filepath.IsAbs(path)
		if relative {
			path = filepath.Join(dir, path)
		}
		files, err := expandOne(path)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			clean := filepath.Clean(f)
			if seen[clean] {
				continue
			}
			seen[clean] = true
			n := named{f, f}
			if relative {
				if n.name, err = filepath.Rel(dir, f); err != nil {
					return nil, fault.Wrap(err, fault.Usage, "%s cannot be named", f)
				}
			}
			out = append(out, n)
		}
	}
	return out, nil
}

func expandOne(path string) ([]string, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return folder(path)
	case err == nil && !info.Mode().IsRegular():
		return nil, fault.New(fault.Usage, "%s is no file but a pipe or a device, which can be read once only", path).
			WithHint("a load looks at a file before it reads it: write it to disk first")
	case err == nil:
		return []string{path}, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(err, fault.Disk, "%s cannot be read", path)
	case !strings.ContainsAny(path, "*?["):
		return nil, fault.New(fault.NotFound, "the file %s does not exist", path)
	}
	matches, err := filepath.Glob(path)
	if err != nil {
		return nil, fault.New(fault.Usage, "the pattern %s cannot be read", path).WithHint("close its brackets")
	}
	matches = slices.DeleteFunc(matches, func(m string) bool {
		info, err := os.Stat(m)
		return err != nil || !info.Mode().IsRegular()
	})
	if len(matches) == 0 {
		return nil, fault.New(fault.NotFound, "no file matches %s", path)
	}
	return matches, nil
}

// folder gives the files below dir whose names say that they can be loaded.
func folder(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") && path != dir {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if format, _ := formatByName(path); format != "" && d.Type().IsRegular() {
			out = append(out, path)
		}
		return nil
	})
	if err != nil {
		return nil, fault.Wrap(err, fault.Disk, "the folder %s cannot be read", dir)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.NotFound, "the folder %s has no file that can be loaded", dir).
			WithHint("CSV, JSON lines, Parquet and XLSX are known")
	}
	return out, nil
}

// Formats of files.
const (
	formatCSV     = "csv"
	formatJSON    = "jsonl"
	formatParquet = "parquet"
	formatXLSX    = "xlsx"
)

// formatByName gives format and compression ("gz", "zst" or none) by the file's
// endings; format is empty for a name that says nothing.
func formatByName(path string) (format, compression string) {
	name := strings.ToLower(filepath.Base(path))
	for _, c := range []string{"gz", "zst"} {
		if rest, ok := strings.CutSuffix(name, "."+c); ok {
			name, compression = rest, c
		}
	}
	switch filepath.Ext(name) {
	case ".csv", ".tsv", ".tab", ".txt", ".psv":
		return formatCSV, compression
	case ".jsonl", ".ndjson", ".json":
		return formatJSON, compression
	case ".parquet", ".pq":
		return formatParquet, compression
	case ".xlsx", ".xlsm":
		return formatXLSX, compression
	default:
		return "", compression
	}
}

// stem is the file's name without folder and endings.
func stem(path string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(filepath.Base(path), "."), ".")
	return name
}
