// Package web carries the web app: what `make web` built into dist/app, or a page
// that says how to build it, so that Go alone builds the program.
package web

import (
	"embed"
	"io/fs"
)

// dist always has one file, so that the pattern matches before anything is built.
//
//go:embed placeholder.html all:dist
var files embed.FS

// index is the page that every address of the app is answered with.
const index = "index.html"

// App gives the built app, rooted at the folder of its index.html, and whether it
// was built at all.
func App() (fs.FS, bool) {
	app, err := fs.Sub(files, "dist/app")
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(app, index); err != nil {
		return nil, false
	}
	return app, true
}
