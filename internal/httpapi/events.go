package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
)

// events streams what happens as server-sent events, until the reader or the server ends.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	flusher := http.NewResponseController(w)
	notices, stop := s.Data.Listen()
	defer stop()
	s.meter.streams.Inc()
	defer s.meter.streams.Dec()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
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
		select {
		case <-r.Context().Done():
			return
		case n, ok := <-notices:
			if !ok || send(w, n) != nil {
				return
			}
		case <-beat.C:
			if _, err := fmt.Fprint(w, ": alive\n\n"); err != nil {
				return
			}
		}
		if flusher.Flush() != nil {
			return
		}
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
