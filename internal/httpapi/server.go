package httpapi

import (
	"embed"
	"net/http"
	"path"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
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
}

// New makes the handler of all addresses.
func New(c Config) http.Handler {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	s := &server{Config: c, meter: newMeter(c.Data, c.Now)}
	router := chi.NewRouter()
	router.Use(s.identified, s.logged, s.recovered, s.secured, http.NewCrossOriginProtection().Handler)
	router.Get("/healthz", s.healthz)
	router.Get("/readyz", s.readyz)
	router.Get("/login", s.login)
	router.Get("/signin.css", func(w http.ResponseWriter, _ *http.Request) { s.page(w, http.StatusOK, "signin.css") })
	router.With(s.monitored).Method(http.MethodGet, "/metrics", s.meter.handler())
	router.NotFound(s.signedIn(s.bounded(http.HandlerFunc(s.notFound))).ServeHTTP)
	router.MethodNotAllowed(s.signedIn(http.HandlerFunc(wrongMethod)).ServeHTTP)
	router.Group(func(r chi.Router) {
		r.Use(s.signedIn)
		r.Get("/api/v1/events", s.events)
		r.Post("/logout", s.logout)
		r.Get("/docs", func(w http.ResponseWriter, _ *http.Request) { s.page(w, http.StatusOK, "docs.html") })
		r.Get("/docs/{file}", s.docsFile)
		r.Group(func(r chi.Router) {
			r.Use(s.bounded, middleware.Compress(compression, jsonType, csvType))
			s.operations(r)
		})
	})
	return router
}

// Document gives the OpenAPI document of the API.
func Document(version string) *huma.OpenAPI {
	s := &server{Config: Config{Version: version}}
	s.operations(chi.NewRouter())
	return s.api.OpenAPI()
}

// operations adds the API's operations to a router.
func (s *server) operations(r chi.Router) {
	config := huma.DefaultConfig("Kith", s.Version)
	config.Info.Description = "Customer analytics: metrics, dashboards, customers and the state of the data. " +
		"Answers carry the data version as ETag. Errors are problems as in RFC 9457."
	// Its own page would load from another host, and links to schemas are no use here.
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil
	config.OpenAPIPath = "/api/v1/openapi"
	config.Components.Schemas = huma.NewMapRegistry(schemasAt, schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName, Description: "Set by a link that `kith link` prints."},
	}
	config.Security = []map[string][]string{{"session": {}}}
	s.api = humachi.New(r, config)
	s.addSession()
	s.addMetrics()
	s.addQuery()
	s.addRows()
	s.addDashboards()
	s.addSegments()
	s.addCustomers()
	s.addReveal()
	s.addAudit()
	s.addTimeline()
	s.addTransactions()
	s.addSpending()
	s.addCohorts()
	s.addRuns()
	s.addModels()
	s.addSources()
	s.addSourceProfile()
	s.addWaterfall()
	s.addRejects()
	s.addSearch()
	tidy(s.api.OpenAPI())
}

// schemasAt is where the document has its schemas.
const schemasAt = "#/components/schemas/"

// schemaName names a type's schema. Dashboards and profiles have types whose names metrics
// have too.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	for base, prefix := range map[string]string{"dashboard": "Dashboard", "profile": "Profile"} {
		if path.Base(t.PkgPath()) == base && !strings.HasPrefix(name, prefix) {
			return prefix + name
		}
	}
	return name
}

func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, r, noSuchAddress(r.URL.Path))
		return
	}
	s.App.ServeHTTP(w, r)
}

// wrongMethod answers what an address does not take.
func wrongMethod(w http.ResponseWriter, r *http.Request) {
	p := problem(r.Context(), fault.New(fault.Usage, "%s does not take %s", r.URL.Path, r.Method).WithHint("see /docs"))
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
