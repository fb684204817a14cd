package app

import (
	"path/filepath"
	"strings"
)

// externalRoot is the folder that external models are written to, relative to
// the project unless the profile says otherwise, so that whoever opens the
// warehouse from another folder finds the files.
func (l *loaded) externalRoot() string {
	root := filepath.FromSlash(l.target.ExternalRoot)
	if filepath.IsAbs(root) || isURL(l.target.ExternalRoot) {
		return l.target.ExternalRoot
	}
	return filepath.ToSlash(filepath.Join(l.root, root))
}

// isURL says whether a place is no folder of this machine: s3://bucket.
func isURL(place string) bool { return strings.Contains(place, "://") }

// searched lets SQL read files by paths that start from the project's folder, as
// it does where the command is given there. A search path of the profile stays.
func (a *App) searched(settings map[string]any) map[string]any {
	const key = "file_search_path"
	if _, given := settings[key]; given || a.project == nil || a.project.root == a.cfg.WorkDir || strings.Contains(a.project.root, ",") {
		return settings
	}
	settings[key] = a.project.root
	return settings
}
