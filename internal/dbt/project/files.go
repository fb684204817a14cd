package project

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// File is one file of a resource folder.
type File struct {
	Absolute string
	// Original is the path from the project's root, with slashes: models/a/b.sql.
	Original string
	// Relative is the path from the resource folder: a/b.sql.
	Relative string
}

// Stem is the file's name without folder and last extension.
func (f File) Stem() string {
	base := path.Base(f.Relative)
	return strings.TrimSuffix(base, path.Ext(base))
}

// Files lists the files below the given resource folders whose names end in one
// of the extensions, sorted by path. Folders that do not exist have none; names
// that .dbtignore excludes are left out.
func (p *Project) Files(folders []string, extensions ...string) ([]File, error) {
	ignore, err := readIgnore(filepath.Join(p.Root, ".dbtignore"))
	if err != nil {
		return nil, err
	}
	var files []File
	seen := map[string]bool{}
	for _, folder := range folders {
		top := filepath.Join(p.Root, filepath.FromSlash(folder))
		err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				if errors.Is(err, fs.ErrNotExist) && name == top {
					return nil
				}
				return err
			}
			if d.IsDir() || !hasExtension(name, extensions) || seen[name] {
				return nil
			}
			original := slashRel(p.Root, name)
			if ignore.match(original) {
				return nil
			}
			seen[name] = true
			files = append(files, File{Absolute: name, Original: original, Relative: slashRel(top, name)})
			return nil
		})
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "the folder %s cannot be read", folder).At(top, 0)
		}
	}
	sort.Slice(files, func(i, j int) bool { return files[i].Original < files[j].Original })
	return files, nil
}

func hasExtension(name string, extensions []string) bool {
	for _, ext := range extensions {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

func slashRel(base, name string) string {
	rel, err := filepath.Rel(base, name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(rel)
}

// ignorePatterns are the lines of .dbtignore, in gitignore's simple forms: a
// name or glob at any depth, or a path from the project's root.
type ignorePatterns []string

func readIgnore(name string) (ignorePatterns, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the file cannot be read").At(name, 0)
	}
	var patterns ignorePatterns
	for line := range strings.SplitSeq(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			patterns = append(patterns, line)
		}
	}
	return patterns, nil
}

func (patterns ignorePatterns) match(original string) bool {
	for _, pattern := range patterns {
		folder := strings.HasSuffix(pattern, "/")
		pattern = strings.Trim(pattern, "/")
		parts := strings.Split(original, "/")
		for i := range parts {
			if folder && i == len(parts)-1 {
				continue
			}
			whole := strings.Join(parts[:i+1], "/")
			if ok, _ := path.Match(pattern, whole); ok {
				return true
			}
			if ok, _ := path.Match(pattern, parts[i]); ok && !strings.Contains(pattern, "/") {
				return true
			}
		}
	}
	return false
}
