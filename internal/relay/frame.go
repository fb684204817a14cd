package relay

import (
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// kind says what a frame is.
type kind byte

const (
	kindRun    kind = 'R'
	kindIn     kind = 'I'
	kindInEnd  kind = 'E'
	kindCancel kind = 'C'
	kindWantIn kind = 'W'
	kindOut    kind = 'O'
	kindErr    kind = 'S'
	kindExit   kind = 'X'
)

const (
	// maxFrame bounds a frame: an invocation with a large environment is far below it.
	maxFrame = 32 << 20
	// writeLimit is how long the other end may leave a frame unread.
	writeLimit = time.Minute
)

// wire writes frames from several goroutines.
type wire struct {
	mu   sync.Mutex
	conn net.Conn
}

func (w *wire) send(k kind, content []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	frame := make([]byte, 5, 5+len(content))
	frame[0] = byte(k)
	binary.BigEndian.PutUint32(frame[1:], uint32(len(content))) //nolint:gosec // contents are bounded by maxFrame
	// One that stopped reading must not hold up the job for everybody.
	if err := w.conn.SetWriteDeadline(time.Now().Add(writeLimit)); err != nil {
		return lost(err)
	}
	if _, err := w.conn.Write(append(frame, content...)); err != nil {
		return lost(err)
	}
	return nil
}

// receive reads the next frame.
func receive(r io.Reader) (kind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, lost(err)
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxFrame {
		return 0, nil, fault.New(fault.Invalid, "a message of %d bytes came over the socket", n).WithHint("is it another program's?")
	}
	content := make([]byte, n)
	if _, err := io.ReadFull(r, content); err != nil {
		return 0, nil, lost(err)
	}
	return kind(head[0]), content, nil
}

func lost(err error) error {
	return fault.Wrap(err, fault.Unavailable, "the connection between command and server broke")
}
