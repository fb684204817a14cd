package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
)

// events streams what happens as server-sent events, until the reader, the server
// or the session ends.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		eventHeaders(w.Header())
		return
	}
	flusher := http.NewResponseController(w)
	notices, stop := s.Data.Listen()
	defer stop()
	s.meter.streams.Inc()
	defer s.meter.streams.Dec()
	eventHeaders(w.Header())
	// The first event says how things stand: nothing is missed between a page's
	// questions and its stream.
	state := host.Notice{Kind: host.DataChanged, Version: s.Data.State().Version}
	fmt.Fprintf(w, "retry: %d\n", patience.Milliseconds())
	if err := send(w, state); err != nil {
		writeProblem(w, r, fault.Wrap(err, fault.Internal, "the event cannot be written"))
		return
	}
	if flusher.Flush() != nil {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		somebodyLeft := s.signedOut.next()
		write := alive
		select {
		case <-r.Context().Done():
			return
		case n, ok := <-notices:
			if !ok {
				return
			}
			write = func(w http.ResponseWriter) error { return send(w, n) }
		case <-beat.C:
		case <-somebodyLeft:
		}
		// The session may have ended since the stream began, here or with time.
		if _, ok, err := s.session(r); err != nil || !ok || write(w) != nil || flusher.Flush() != nil {
			return
		}
	}
}

func eventHeaders(h http.Header) {
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
}

// alive writes a comment, which keeps proxies from closing the stream.
func alive(w http.ResponseWriter) error {
	_, err := fmt.Fprint(w, ": alive\n\n")
	return err
}

// bell wakes all who wait for its next ring.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

// next gives a channel that the next ring closes.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}

func send(w http.ResponseWriter, n host.Notice) error {
	data, err := json.Marshal(n)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", n.Kind, data)
	return err
}
