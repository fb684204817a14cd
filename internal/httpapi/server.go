package httpapi

import (
	"embed"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

//go:embed pages
var pages embed.FS

// server is the API at work.
type server struct {
	Config

	meter *meter
	api   huma.API

	cache cache

	mu     sync.Mutex
	runner *metric.Runner // of the last version and project
	key    string
	// dimensions are those of dimensionsKey: their values take many queries.
	dimensions    Items[DimensionItem]
	dimensionsKey string
	// types are those of typesVersion, known the schema of schemaKey.
	types        metric.Types
	typesVersion string
	known        *access.Schema
	schemaKey    string

	signedOut bell
}

// The addresses of the API that are no operations.
const (
	eventsPath = "/api/v1/events"
	logoutPath = "/logout"
)

// New makes the handler of all addresses.
func New(c Config) http.Handler {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	s := &server{Config: c, meter: newMeter(c.Data, c.Now)}
	router := chi.NewRouter()
	// HEAD is answered as GET; what is written of a body then goes nowhere.
	router.Use(s.identified, s.logged, s.recovered, s.secured, foreign().Handler, middleware.GetHead)
	router.Get("/healthz", s.healthz)
	router.Get("/readyz", s.readyz)
	router.Get("/login", s.login)
	router.Get("/signin.css", func(w http.ResponseWriter, _ *http.Request) { s.page(w, http.StatusOK, "signin.css") })
	router.With(s.monitored).Method(http.MethodGet, "/metrics", s.meter.handler())
	router.NotFound(s.signedIn(s.bounded(http.HandlerFunc(s.notFound))).ServeHTTP)
	router.MethodNotAllowed(s.signedIn(http.HandlerFunc(wrongMethod)).ServeHTTP)
	router.Group(func(r chi.Router) {
		r.Use(s.signedIn)
		r.Get(eventsPath, s.events)
		r.Post(logoutPath, s.logout)
		r.Get("/docs", func(w http.ResponseWriter, _ *http.Request) { s.page(w, http.StatusOK, "docs.html") })
		r.Get("/docs/{file}", s.docsFile)
		r.Group(func(r chi.Router) {
			r.Use(s.bounded, middleware.Compress(compression, jsonType, csvType))
			s.operations(r)
		})
	})
	return router
}

func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, r, noSuchAddress(r.URL.Path))
		return
	}
	s.App.ServeHTTP(w, r)
}

// wrongMethod answers what an address does not take, and names what it does.
func wrongMethod(w http.ResponseWriter, r *http.Request) {
	at := r.URL.RawPath
	if at == "" {
		at = r.URL.Path
	}
	var allowed []string
	routes := chi.RouteContext(r.Context()).Routes
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if !routes.Match(chi.NewRouteContext(), method, at) {
			continue
		}
		allowed = append(allowed, method)
		if method == http.MethodGet {
			allowed = append(allowed, http.MethodHead)
		}
	}
	methods := strings.Join(allowed, ", ")
	w.Header().Set("Allow", methods)
	p := problem(r.Context(), fault.New(fault.Usage, "%s does not take %s", r.URL.Path, r.Method).WithHint("it takes %s: see /docs", methods))
	p.Status, p.Title = http.StatusMethodNotAllowed, http.StatusText(http.StatusMethodNotAllowed)
	writeProblem(w, r, p)
}

func (s *server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n")) // the reader may be gone
}

// readyz says whether people can work: the data is open, and the project's files were read.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	p := s.Project()
	switch {
	case s.Data.State().Version == "":
		writeProblem(w, r, notReady("the warehouse is not open"))
	case p.Catalog == nil:
		writeProblem(w, r, notReady("the project's files cannot be read"))
	default:
		s.healthz(w, r)
	}
}

// page answers with one of the server's own files.
func (s *server) page(w http.ResponseWriter, status int, name string) {
	body, err := pages.ReadFile(path.Join("pages", name))
	if err != nil {
		http.Error(w, "there is no such page", http.StatusNotFound)
		return
	}
	types := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // an embedded file; the reader may be gone
}

// docsFile answers with a file of the page that shows the API.
func (s *server) docsFile(w http.ResponseWriter, r *http.Request) {
	switch name := chi.URLParam(r, "file"); name {
	case "docs.js", "docs.css":
		s.page(w, http.StatusOK, name)
	default:
		http.NotFound(w, r)
	}
}

// compression is how hard answers are packed: 1 to 9.
const compression = 4

// patience is how long browsers wait before they open a broken stream again.
const patience = 3 * time.Second
