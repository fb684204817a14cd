package httpapi_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// listen opens a stream of events and reads the first one.
func listen(t *testing.T, s *shop) *bufio.Reader {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+"/api/v1/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Body.Close() })
	stream := bufio.NewReader(a.Body)
	for {
		line, err := stream.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(line, "data: ") {
			return stream
		}
	}
}

// publish shows the data anew, as at the end of a run.
func (o *office) publish(t *testing.T) {
	t.Helper()
	lane, err := o.host.Lanes().Write(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := lane.Release(); err != nil {
		t.Fatal(err)
	}
}

// rest reads a stream to its end.
func rest(t *testing.T, stream *bufio.Reader) string {
	t.Helper()
	text, err := io.ReadAll(stream)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	return string(text)
}

// Who signs out hears nothing more: the streams of the session end at once, those of others stay.
func TestStreamsEndWithTheirSession(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	leaving, staying := o.signIn(t), o.signIn(t)
	ends, stays := listen(t, leaving), listen(t, staying)
	if a := leaving.ask(t, http.MethodPost, "/logout", ""); a.status != http.StatusNoContent {
		t.Fatalf("logout: %d", a.status)
	}
	if text := rest(t, ends); strings.Contains(text, "event:") {
		t.Errorf("after signing out came %q", text)
	}
	o.publish(t)
	for {
		line, err := stays.ReadString('\n')
		if err != nil {
			t.Fatal("the other's stream ended: ", err)
		}
		if line == "event: data_changed\n" {
			return
		}
	}
}

// A session that ends elsewhere, or with time, is seen before the next event.
func TestNoEventIsToldWithoutASession(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.signIn(t)
	stream := listen(t, s)
	for _, c := range s.client.Jar.Cookies(addressOf(t, s)) {
		if err := o.host.Control().EndSession(t.Context(), c.Value); err != nil {
			t.Fatal(err)
		}
	}
	o.publish(t)
	if text := rest(t, stream); strings.Contains(text, "event:") {
		t.Errorf("after the session came %q", text)
	}
}

func addressOf(t *testing.T, s *shop) *url.URL {
	t.Helper()
	u, err := url.Parse(s.address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
