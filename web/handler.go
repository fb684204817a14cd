package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// Policy is the content security policy that the app keeps to: nothing from
// another host, no inline script and no inline style.
const Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Handler answers with the app's files: assets, whose names carry their content's
// hash, for good; the page itself for every other address, asked for anew each time
// by its ETag: addresses hold names of people's own, dots and all. It answers GET and
// HEAD alone. Without a built app every address gets the page that says how to build it.
func Handler() http.Handler {
	app, built := App()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if !built {
			serveFile(w, r, files, "placeholder.html")
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		info, err := fs.Stat(app, name)
		switch {
		case err == nil && !info.IsDir() && name != index:
			if strings.HasPrefix(name, "assets/") {
				h.Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			serveFile(w, r, app, name)
		case strings.HasPrefix(name, "assets/"):
			http.NotFound(w, r)
		default:
			h.Set("Cache-Control", "no-cache")
			serveFile(w, r, app, index)
		}
	})
}

// serveFile answers with one file, packed when the reader takes gzip and a packed
// twin was built beside it.
func serveFile(w http.ResponseWriter, r *http.Request, from fs.FS, name string) {
	h := w.Header()
	served := name
	h.Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if _, err := fs.Stat(from, name+".gz"); err == nil {
			served = name + ".gz"
			h.Set("Content-Encoding", "gzip")
		}
	}
	data, err := fs.ReadFile(from, served)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	sum := sha256.Sum256(data)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	h.Set("Content-Type", contentType(name))
	// Embedded files have no time; the ETag is what caches compare.
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// contentType gives the type of the kinds of file that a build writes. The
// machine's own table is not asked: it differs from one to the next.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".webmanifest":
		return "application/json"
	case ".png":
		return "image/png"
	case ".woff2":
		return "font/woff2"
	default:
		return "application/octet-stream"
	}
}
