package host

import "sync"

// Kinds of notices.
const (
	RunStarted  = "run_started"
	RunProgress = "run_progress"
	RunFinished = "run_finished"
	DataChanged = "data_changed"
)

// Notice is something that those who look at the data want to know at once.
type Notice struct {
	Kind  string `json:"-"`
	RunID string `json:"run_id,omitempty"`
	// Command, Done, Total, Node and Status are those of the run.
	Command string `json:"command,omitempty"`
	Done    int    `json:"done,omitempty"`
	Total   int    `json:"total,omitempty"`
	Node    string `json:"node,omitempty"`
	Status  string `json:"status,omitempty"`
	// Version is the data version that is shown now.
	Version string `json:"data_version,omitempty"`
}

// backlog is how many notices wait for one who listens slowly; older ones are
// dropped, for each tells how things stand.
const backlog = 64

// hub gives notices to all who listen.
type hub struct {
	mu        sync.Mutex
	listeners map[chan Notice]struct{}
	closed    bool
}

// Listen gives the notices from now on, until stop is called or the host closes.
func (h *hub) Listen() (notices <-chan Notice, stop func()) {
	c := make(chan Notice, backlog)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(c)
		return c, func() {}
	}
	if h.listeners == nil {
		h.listeners = map[chan Notice]struct{}{}
	}
	h.listeners[c] = struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if _, ok := h.listeners[c]; ok {
			delete(h.listeners, c)
			close(c)
		}
	}
}

func (h *hub) tell(n Notice) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.listeners {
		select {
		case c <- n:
			continue
		default:
		}
		select {
		case <-c:
		default:
		}
		c <- n // nobody else sends: there is room now
	}
}

// Silence ends all streams of notices, and those that begin later at once.
func (h *hub) Silence() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for c := range h.listeners {
		close(c)
	}
	h.listeners = nil
}
