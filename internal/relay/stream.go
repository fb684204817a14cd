package relay

import (
	"context"
	"io"
	"time"
)

// pieces is the most that one frame of output holds.
const pieces = 1 << 20

// remote is an output that the sender prints.
type remote struct {
	w      *wire
	kind   kind
	screen Screen
	cancel context.CancelFunc
}

// Write sends the text. A sender that is gone ends the command.
func (r *remote) Write(p []byte) (int, error) {
	for done := 0; done < len(p); {
		part := p[done:min(done+pieces, len(p))]
		if err := r.w.send(r.kind, part); err != nil {
			r.cancel()
			return done, err
		}
		done += len(part)
	}
	return len(p), nil
}

// Screen says what the sender's output can show.
func (r *remote) Screen() (interactive bool, width int) { return r.screen.Interactive, r.screen.Width }

// wanted is an input that is asked for when it is first read.
type wanted struct {
	r   io.Reader
	ask func() error
}

// Read reads what the sender was given.
func (w *wanted) Read(p []byte) (int, error) {
	if err := w.ask(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

// aLongTimeAgo is a deadline that ends reading at once.
func aLongTimeAgo() time.Time { return time.Unix(1, 0) }
