package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/kith-analytics/kith/internal/fault"
)

type contextKey int

const (
	requestKey contextKey = iota
	personKey
)

// requestID gives the id of the request; "" outside of one.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey).(string)
	return id
}

// requestIDForm is what ids from outside may look like.
var requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// identified gives each request an id, taken from a proxy where that gives one.
func (s *server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-ID")
		if !requestIDForm.MatchString(id) {
			id = s.NewID()
		}
		w.Header().Set("X-Request-ID", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey, id)))
	})
}

// logged writes a line for each request, and measures it. Addresses are logged
// without their queries, which hold what people search for, and links' secrets.
func (s *server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() { //nolint:contextcheck // the request has it
			took := s.Now().Sub(began)
			status := ww.Status()
			if status == 0 {
				status = http.StatusOK
			}
			route := "other"
			if rc := chi.RouteContext(r.Context()); rc != nil && rc.RoutePattern() != "" {
				route = rc.RoutePattern()
			}
			s.meter.request(r.Method, route, status, took)
			level := slog.LevelInfo
			if status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
			s.Logger.Log(r.Context(), level, "request", "id", requestID(r.Context()), "method", r.Method, "path", r.URL.Path,
				"status", status, "bytes", ww.BytesWritten(), "took", took.Round(time.Microsecond))
		}()
		next.ServeHTTP(ww, r)
	})
}

// recovered turns a panic into a problem.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { //nolint:contextcheck // the request has it
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler { //nolint:errorlint,err113 // the server's own sign, never wrapped
				panic(v)
			}
			s.Logger.Error("defect", "id", requestID(r.Context()), "panic", v, "stack", string(debug.Stack()))
			writeProblem(w, r, fault.New(fault.Internal, "defect in Kith"))
		}()
		next.ServeHTTP(w, r)
	})
}

// foreign refuses what a page of another site has a browser do here, with the session
// of who looks at that page.
func foreign() *http.CrossOriginProtection {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r, fault.New(fault.Forbidden, "the request comes from a page of another site, which may change nothing here").
			WithHint("open Kith at its own address and do it there; a proxy must pass on the Host header as the browser sent it"))
	}))
	return protection
}

// policy is strict: nothing from other hosts, no script or style within pages.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secured sets the headers that keep a browser from doing what it should not.
func (s *server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		if secure(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// secure says whether the person's connection is encrypted, to here or to a proxy.
func secure(r *http.Request) bool {
	return r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// bounded limits what a request may send and how long its answer may take.
func (s *server) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		cause := fault.New(fault.Cancelled, "the answer took longer than %s", s.Timeout).WithHint("ask for less")
		ctx, cancel := context.WithTimeoutCause(r.Context(), s.Timeout, cause)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
