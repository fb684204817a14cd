package docs

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/fault"
)

// The colours and sizes are the web app's. What is embedded has to lie below this folder,
// so that the page has a copy of them; a test holds both together.
//
//go:generate cp ../../../web/src/styles/tokens.css web/tokens.css
//go:embed web
var web embed.FS

// policy lets the page use its own files only: no script or style in the page, no
// other address, no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Server serves the documentation of a target folder; see the package's text for
// its addresses. It reads the artifacts again when they have changed. It is safe
// for concurrent use.
type Server struct {
	dir string
	mux *http.ServeMux

	mu    sync.Mutex
	state string // what the artifacts looked like when they were read
	book  *Book
	site  []byte
	err   error
}

// NewServer makes a server of the artifacts in a folder, which need not be there yet.
func NewServer(dir string) *Server {
	s := &Server{dir: dir, mux: http.NewServeMux()}
	s.mux.HandleFunc("GET /{$}", s.file("index.html"))
	s.mux.HandleFunc("GET /assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		s.file(r.PathValue("name"))(w, r)
	})
	s.mux.HandleFunc("GET /api/project.json", s.project)
	s.mux.HandleFunc("GET /api/code.json", s.code)
	for _, name := range artifacts() {
		s.mux.HandleFunc("GET /"+name, s.artifact(name))
	}
	return s
}

// artifacts are the files that the documentation is made from.
func artifacts() []string {
	return []string{artifact.ManifestFile, artifact.CatalogFile, artifact.RunResultsFile, artifact.SourcesFile, LineageFile}
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	s.mux.ServeHTTP(w, r)
}

// file serves one of the page's own files.
func (s *Server) file(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, err := web.ReadFile("web/" + name)
		if err != nil {
			problem(w, http.StatusNotFound, "there is no such page")
			return
		}
		send(w, r, contentType(name), data)
	}
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

// project serves the Site.
func (s *Server) project(w http.ResponseWriter, r *http.Request) {
	_, site, err := s.current()
	if err != nil {
		problem(w, http.StatusServiceUnavailable, line(err))
		return
	}
	send(w, r, "application/json", site)
}

// code serves the code of one node.
func (s *Server) code(w http.ResponseWriter, r *http.Request) {
	book, _, err := s.current()
	if err != nil {
		problem(w, http.StatusServiceUnavailable, line(err))
		return
	}
	code, ok := book.Code[r.URL.Query().Get("id")]
	if !ok {
		problem(w, http.StatusNotFound, "there is no code of that name")
		return
	}
	data, err := json.Marshal(code)
	if err != nil {
		problem(w, http.StatusInternalServerError, "the code cannot be shown")
		return
	}
	send(w, r, "application/json", data)
}

// artifact serves a file of the target folder.
func (s *Server) artifact(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			problem(w, http.StatusNotFound, "there is no "+name+" yet")
			return
		}
		send(w, r, "application/json", data)
	}
}

// current gives the documentation, read anew when an artifact has changed.
func (s *Server) current() (*Book, []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.look()
	if state == s.state {
		return s.book, s.site, s.err
	}
	book, err := Read(s.dir)
	var site []byte
	if err == nil {
		site, err = json.Marshal(book.Site)
	}
	if err != nil && s.book != nil && fault.CodeOf(err) != fault.NotFound {
		// A file is half way into its place: what was there is better than nothing.
		return s.book, s.site, nil
	}
	s.state, s.book, s.site, s.err = state, book, site, err
	return book, site, err
}

// look says what the artifacts look like from outside.
func (s *Server) look() string {
	var b strings.Builder
	for _, name := range artifacts() {
		info, err := os.Stat(filepath.Join(s.dir, name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			b.WriteString("-;")
		case err != nil:
			b.WriteString("?;")
		default:
			b.WriteString(strconv.FormatInt(info.Size(), 10) + "@" + strconv.FormatInt(info.ModTime().UnixNano(), 10) + ";")
		}
	}
	return b.String()
}

// send answers with data, or with 304 when the reader has it.
func send(w http.ResponseWriter, r *http.Request, kind string, data []byte) {
	sum := sha256.Sum256(data)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("ETag", tag)
	h.Set("Vary", "Accept-Encoding")
	if match := r.Header.Get("If-None-Match"); strings.TrimPrefix(match, "W/") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if len(data) > 1400 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = compressed(data)
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	if r.Method == http.MethodHead {
		return
	}
	io.Copy(w, bytes.NewReader(data)) //nolint:errcheck,gosec // the reader has gone; there is nobody to tell
}

func compressed(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data) //nolint:errcheck,gosec // a buffer takes everything
	z.Close()     //nolint:errcheck,gosec // as above
	return b.Bytes()
}

func problem(w http.ResponseWriter, status int, text string) {
	data, err := json.Marshal(map[string]string{"error": text})
	if err != nil {
		data = []byte("{}")
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(data) //nolint:errcheck,gosec // the reader has gone; there is nobody to tell
}

func line(err error) string { return strings.ReplaceAll(err.Error(), "\n", " ") }
