package httpapi

import (
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
)

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
		"Answers carry the data version as ETag. Errors are problems as in RFC 9457. HEAD is taken wherever GET is. " +
		"A page in CSV or Arrow names the next one in the header Link, and a table whose rows were cut off at a limit has X-Truncated."
	// Its own page would load from another host, and links to schemas are no use here.
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil
	config.OpenAPIPath = "/api/v1/openapi"
	config.Components.Schemas = huma.NewMapRegistry(schemasAt, schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName, Description: "Set by a link that `kith link` prints."},
	}
	config.Security = []map[string][]string{{"session": {}}}
	config.Transformers = []huma.Transformer{refused}
	s.api = humachi.New(r, config)
	s.api.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) { next(malformed{ctx}) })
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
	s.describeOthers()
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

// problemsOf describes all answers that are no good ones.
func problemsOf(schemas huma.Registry) *huma.Response {
	return &huma.Response{Description: "A problem", Content: map[string]*huma.MediaType{
		"application/problem+json": {Schema: schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")},
	}}
}

// describeOthers puts into the document what is answered without an operation: the
// stream of events has no end, and signing out ends the session that it is asked with.
func (s *server) describeOthers() {
	doc := s.api.OpenAPI()
	problems := problemsOf(doc.Components.Schemas)
	doc.AddOperation(&huma.Operation{
		OperationID: "listenToEvents", Method: http.MethodGet, Path: eventsPath, Tags: []string{"Frame"}, Summary: "What happens, as server-sent events",
		Description: "The events are run_started, run_progress, run_finished and data_changed; their data is JSON with those of run_id, command, done, " +
			"total, node, status and data_version that they have. The first is a data_changed that says what is shown now. " +
			"The stream ends with the session.",
		Responses: map[string]*huma.Response{
			"200": {Description: http.StatusText(http.StatusOK), Content: map[string]*huma.MediaType{
				"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}},
			}},
			"default": problems,
		},
	})
	doc.AddOperation(&huma.Operation{
		OperationID: "signOut", Method: http.MethodPost, Path: logoutPath, Tags: []string{"Frame"}, Summary: "End the session",
		Responses: map[string]*huma.Response{"204": {Description: http.StatusText(http.StatusNoContent)}, "default": problems},
	})
}

// tidy corrects what the schemas are told of Go: lists are never null, and figures that
// are pointers can be.
func tidy(doc *huma.OpenAPI) {
	registry := doc.Components.Schemas
	// The errors of huma, in whose place there are problems.
	delete(registry.Map(), "ErrorModel")
	delete(registry.Map(), "ErrorDetail")
	for name, schema := range registry.Map() {
		listsAreLists(schema)
		t := registry.TypeFromRef(schemasAt + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for field, index := range fieldsOf(t) {
			if p := schema.Properties[field]; p != nil && t.FieldByIndex(index).Type == reflect.TypeFor[*Number]() {
				p.Nullable = true
			}
		}
	}
}

func listsAreLists(schema *huma.Schema) {
	if schema == nil {
		return
	}
	if schema.Type == huma.TypeArray {
		schema.Nullable = false
	}
	listsAreLists(schema.Items)
	for _, p := range schema.Properties {
		listsAreLists(p)
	}
}
