package httpapi

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
)

// The cookie's names. A browser takes __Host- only over an encrypted connection, for
// the whole host and from nowhere else.
const (
	cookieName       = "kith_session"
	secureCookieName = "__Host-kith_session"
)

// cookie gives the session's secret of a request; "" for none.
func cookie(r *http.Request) string {
	for _, name := range []string{secureCookieName, cookieName} {
		if c, err := r.Cookie(name); err == nil {
			return c.Value
		}
	}
	return ""
}

// signedIn lets through who has a session. The API answers others with a problem,
// pages tell how to sign in.
func (s *server) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, ok, err := s.session(r)
		if err != nil {
			writeProblem(w, r, err)
			return
		}
		if !ok {
			s.refuse(w, r)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), personKey, session.Person)))
	})
}

func (s *server) session(r *http.Request) (control.Session, bool, error) {
	secret := cookie(r)
	if secret == "" {
		return control.Session{}, false, nil
	}
	return s.Control.Session(r.Context(), secret)
}

func (s *server) refuse(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/metrics" {
		writeProblem(w, r, notSignedIn())
		return
	}
	s.page(w, http.StatusUnauthorized, "signin.html")
}

func notSignedIn() error {
	return fault.New(fault.Denied, "you are not signed in").WithHint("open the link that `kith link` prints")
}

// scope is what who asks may see: nothing, for somebody who is not signed in.
func (s *server) scope(ctx context.Context) access.Scope {
	name, ok := ctx.Value(personKey).(string)
	if !ok {
		return access.Scope{}
	}
	return s.Scope(name)
}

// person is who is signed in.
func person(ctx context.Context) string {
	name, _ := ctx.Value(personKey).(string)
	return name
}

// login takes a one-time link for a session.
func (s *server) login(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	if r.Method == http.MethodHead {
		return // who looks whether the link is there does not use it up
	}
	secret, session, err := s.Control.UseLink(r.Context(), r.URL.Query().Get("token"))
	if fault.Is(err, fault.Denied) {
		// Who is signed in already has clicked the same link again.
		if _, ok, _ := s.session(r); ok {
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		s.page(w, http.StatusUnauthorized, "expired.html")
		return
	}
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	http.SetCookie(w, newCookie(r, secret, int(control.SessionLife.Seconds())))
	s.Logger.Info("signed in", "person", session.Person, "id", requestID(r.Context()))
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func newCookie(r *http.Request, secret string, age int) *http.Cookie {
	name := cookieName
	if secure(r) {
		name = secureCookieName
	}
	//nolint:gosec // Secure where the connection is: on the machine itself there is no TLS
	return &http.Cookie{Name: name, Value: secret, Path: "/", MaxAge: age, HttpOnly: true, Secure: secure(r), SameSite: http.SameSiteLaxMode}
}

// logout ends the session, and the streams of events that it has open.
func (s *server) logout(w http.ResponseWriter, r *http.Request) {
	if err := s.Control.EndSession(r.Context(), cookie(r)); err != nil {
		writeProblem(w, r, err)
		return
	}
	s.signedOut.ring()
	http.SetCookie(w, newCookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
}

// monitored lets a monitoring system in by its token, and people by their session.
func (s *server) monitored(next http.Handler) http.Handler {
	people := s.signedIn(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if ok && s.MetricsToken != "" && subtle.ConstantTimeCompare([]byte(given), []byte(s.MetricsToken)) == 1 {
			next.ServeHTTP(w, r)
			return
		}
		people.ServeHTTP(w, r)
	})
}
