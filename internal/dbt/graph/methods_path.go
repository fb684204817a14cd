package graph

import (
	"path"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// pathSet is every file and folder of the root project that the manifest knows.
// dbt looks patterns up in the project's folder, so a package's file is found
// only where the project has the same path; the set gives the same answers
// without touching the disk.
type pathSet struct {
	paths []string
	parts [][]string
}

func (s *Selector) knownPaths() *pathSet {
	if s.paths != nil {
		return s.paths
	}
	seen := map[string]bool{}
	p := &pathSet{}
	add := func(pkg, file string) {
		if pkg != s.m.ProjectName || file == "" {
			return
		}
		for at := path.Clean(file); at != "." && at != "/" && !seen[at]; at = path.Dir(at) {
			seen[at] = true
			p.paths = append(p.paths, at)
			p.parts = append(p.parts, strings.Split(at, "/"))
		}
	}
	for i := range s.items {
		it := &s.items[i]
		add(it.pkg, it.file)
		add(it.pkg, it.patchFile())
	}
	for _, n := range s.m.Disabled {
		add(n.Package, n.OriginalFilePath)
	}
	for _, m := range s.m.Macros {
		add(m.Package, m.OriginalFilePath)
	}
	for _, d := range s.m.Docs {
		add(d.Package, d.OriginalFilePath)
	}
	s.paths = p
	return p
}

// pathMatcher finds nodes by their file, by the YAML file that describes them,
// or by a folder above. "*" stays within one name, "**" spans folders.
func (s *Selector) pathMatcher(raw, value string) (func(*item) bool, error) {
	clean := path.Clean(value)
	switch {
	case value == "":
		return nil, invalidPath(raw, "it names no path")
	case path.IsAbs(value):
		return nil, invalidPath(raw, "the path must be relative to the project's folder")
	case clean == ".." || strings.HasPrefix(clean, "../"):
		return nil, invalidPath(raw, "the path leaves the project's folder")
	}
	if clean == "." {
		return func(*item) bool { return true }, nil
	}
	pattern := strings.Split(clean, "/")
	if len(pattern) == 1 && pattern[0] == "**" {
		return func(*item) bool { return true }, nil
	}
	known, found := s.knownPaths(), map[string]bool{}
	for k, parts := range known.parts {
		if partsMatch(pattern, parts) {
			found[known.paths[k]] = true
		}
	}
	return func(it *item) bool {
		for at := path.Clean(it.file); at != "." && at != "/"; at = path.Dir(at) {
			if found[at] {
				return true
			}
		}
		patch := it.patchFile()
		return patch != "" && found[path.Clean(patch)]
	}, nil
}

func invalidPath(raw, why string) error {
	return fault.New(fault.Usage, "Invalid path selector \"%s\": %s", raw, why)
}

// partsMatch matches a path, part by part; "**" takes any number of parts.
func partsMatch(pattern, parts []string) bool {
	// fits[j] says whether the pattern so far matches the first j parts.
	fits := make([]bool, len(parts)+1)
	fits[0] = true
	for _, p := range pattern {
		next := make([]bool, len(parts)+1)
		if p == "**" {
			reached := false
			for j := range fits {
				reached = reached || fits[j]
				next[j] = reached
			}
		} else {
			for j, part := range parts {
				next[j+1] = fits[j] && glob(p, part)
			}
		}
		fits = next
	}
	return fits[len(parts)]
}
