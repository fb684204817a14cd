package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// call is what an operation works with: who asks, the project, and one published
// state of the data.
type call struct {
	s       *server
	scope   access.Scope
	project *Project
	db      *warehouse.Reading
	form    string
	// reveal has statements read personal data in clear. It is set by what keeps a record alone.
	reveal bool
}

// runner answers metrics on the call's state of the data.
func (c *call) runner(ctx context.Context) (*metric.Runner, error) {
	if c.project.Catalog == nil {
		if c.project.Problem != nil {
			return nil, c.project.Problem
		}
		return nil, notReady("the project's metrics cannot be read")
	}
	types, err := c.types(ctx)
	if err != nil {
		return nil, err
	}
	key := c.project.Revision + " " + c.db.Version() // the scope comes with each question
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.s.key == key {
		return c.s.runner, nil
	}
	typed := *c.project
	typed.Catalog = typed.Catalog.Typed(types)
	r, err := c.s.Runner(ctx, c.db, &typed)
	if err != nil {
		return nil, err
	}
	c.s.runner, c.s.key = r, key
	return r, nil
}

// key names the state that answers are made from, and who sees it.
func (c *call) key() string {
	return c.project.Revision + " " + c.db.Version() + " " + c.scope.Fingerprint()
}

// Kinds of answers, by what they depend on.
type dependence int

const (
	onData  dependence = iota // on the data and the project: cached by ETag
	onState                   // on the server's state as well: never cached
)

// operation is one address of the API.
type operation struct {
	id, method, path string
	tag, summary     string
	description      string
	on               dependence
	// tabular says that the answer can be had as CSV and Arrow as well.
	tabular bool
	// whole says that CSV and Arrow hold all rows, where JSON has a page of them.
	whole bool
	// status is that of a good answer; 0 for 200.
	status int
}

// add registers an operation. do gets a call whose reading is closed after the
// answer was made.
func add[I, O any](s *server, op operation, do func(ctx context.Context, c *call, in *I) (O, error)) {
	status := op.status
	if status == 0 {
		status = http.StatusOK
	}
	registry := s.api.OpenAPI().Components.Schemas
	schema := registry.Schema(reflect.TypeFor[O](), true, op.id+"Answer")
	content := map[string]*huma.MediaType{"application/json": {Schema: schema}}
	if op.tabular {
		content[csvType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Description: "exact decimals, with a header"}}
		content[arrowType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary", Description: "an Arrow IPC stream"}}
	}
	good := &huma.Response{Description: http.StatusText(status), Content: content, Headers: map[string]*huma.Param{}}
	if op.tabular {
		good.Headers = goesOnHeaders(op, reflect.TypeFor[O]())
	}
	if op.on == onData {
		good.Headers["ETag"] = textHeader("tells answers of other data versions apart")
	}
	huma.Register(s.api, huma.Operation{
		OperationID: op.id, Method: op.method, Path: "/api/v1" + op.path, Tags: []string{op.tag}, Summary: op.summary, Description: op.description,
		MaxBodyBytes: maxBody, SkipValidateParams: false, DefaultStatus: status,
		Responses: map[string]*huma.Response{statusKey(status): good, "default": problemsOf(registry)},
	}, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			r, w := humachi.Unwrap(hc)
			if err := answer(ctx, s, op, status, w, r, in, do); err != nil {
				s.told(ctx, err)
				writeProblem(w, r, err)
			}
		}}, nil
	})
}

func statusKey(status int) string {
	return map[int]string{http.StatusOK: "200", http.StatusAccepted: "202", http.StatusNoContent: "204"}[status]
}

// told logs what people are not shown.
func (s *server) told(ctx context.Context, err error) {
	if problem(ctx, err).Status >= http.StatusInternalServerError {
		s.Logger.Error("no answer", "id", requestID(ctx), "error", err)
	}
}

// answer makes an answer and writes it. The answer is whole before its first byte.
func answer[I, O any](
	ctx context.Context, s *server, op operation, status int, w http.ResponseWriter, r *http.Request, in *I,
	do func(ctx context.Context, c *call, in *I) (O, error),
) (err error) {
	c := &call{s: s, scope: s.scope(ctx), project: s.Project(), form: formOf(r, op.tabular)}
	if !c.scope.Granted() {
		return notSignedIn()
	}
	if c.db, err = s.Data.Read(ctx); err != nil {
		return err
	}
	closed := false
	done := func() error { //nolint:contextcheck // what closing makes up for is for the next who reads
		if closed {
			return nil
		}
		closed = true
		return c.db.Close()
	}
	defer func() { err = errors.Join(err, done()) }()
	h := w.Header()
	h.Set("X-Data-Version", c.db.Version())
	h.Set("Cache-Control", "no-store")
	tag := ""
	if op.on == onData && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		tag = entityTag(c, r)
		h.Set("Cache-Control", "private, no-cache")
		h.Add("Vary", "Accept, Cookie")
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
		if known, ok := s.cache.get(tag); ok {
			known.write(w, status)
			return nil
		}
	}
	out, err := do(ctx, c, in)
	if err == nil {
		err = done() // before the network, which may be slow
	}
	if err != nil {
		h.Del("ETag")
		return err
	}
	if status == http.StatusNoContent {
		w.WriteHeader(status)
		return nil
	}
	made, err := form(c.form, op.id, out)
	if err != nil {
		h.Del("ETag")
		return err
	}
	if c.form != jsonType {
		made.more = goesOn(op, r, out)
	}
	if tag != "" {
		s.cache.put(tag, made)
	}
	made.write(w, status)
	return nil
}

// entityTag names the answer to a question at a state of data and project, for who asks.
func entityTag(c *call, r *http.Request) string {
	sum := sha256.New()
	for _, part := range []string{c.db.Version(), c.project.Revision, c.scope.Fingerprint(), c.form, r.URL.Path, r.URL.RawQuery} {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	return `"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimPrefix(strings.TrimSpace(part), "W/"); part == tag || part == "*" {
			return true
		}
	}
	return false
}

// form makes an answer in the form that was asked for.
func form(wanted, name string, out any) (kept, error) {
	if table, ok := out.(tabular); ok && wanted != jsonType {
		columns, rows := table.table()
		body, err := encode(wanted, columns, rows)
		return kept{
			body: body, contentType: wanted + map[string]string{csvType: "; charset=utf-8; header=present"}[wanted],
			disposition: `attachment; filename="kith-` + name + map[string]string{csvType: ".csv", arrowType: ".arrows"}[wanted] + `"`,
		}, err
	}
	body, err := json.Marshal(out)
	if err != nil {
		return kept{}, fault.Wrap(err, fault.Internal, "the answer cannot be written")
	}
	return kept{body: append(body, '\n'), contentType: jsonType}, nil
}

func (k kept) write(w http.ResponseWriter, status int) {
	h := w.Header()
	h.Set("Content-Type", k.contentType)
	if k.disposition != "" {
		h.Set("Content-Disposition", k.disposition)
	}
	for name, value := range k.more {
		h.Set(name, value)
	}
	w.WriteHeader(status)
	_, _ = w.Write(k.body) // the reader may be gone
}

func notReady(why string) error {
	return fault.New(fault.Unavailable, "%s", why).WithHint("the log of kith serve says more")
}

func noSuchAddress(path string) error {
	return fault.New(fault.NotFound, "the API has no address %q", path).WithHint("see /docs")
}
