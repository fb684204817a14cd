package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"sync"

	"github.com/kith-analytics/kith/internal/fault"
)

// Screen says what an output of the sender can show.
type Screen struct {
	Interactive bool `json:"interactive"`
	Width       int  `json:"width"`
}

// Invocation is a command as it was given, with all that it may look at.
type Invocation struct {
	Args    []string `json:"args"`
	Env     []string `json:"env"`
	WorkDir string   `json:"work_dir"`
	HomeDir string   `json:"home_dir"`
	Out     Screen   `json:"out"`
	// Version of Kith that sends.
	Version string `json:"version"`
}

// Streams are the ends of a command that runs for somebody else. In asks the sender
// for its input when it is first read.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Handler runs an invocation and gives its exit code. ctx ends when the sender
// cancels or is gone, and when the server stops.
type Handler func(ctx context.Context, inv Invocation, s Streams) int

// Server takes invocations for a warehouse.
type Server struct {
	listener net.Listener
	record   string
	socket   string
	handle   Handler

	mu      sync.Mutex
	ctx     context.Context //nolint:containedctx // of the server's life: it bounds every job
	stop    context.CancelFunc
	jobs    sync.WaitGroup
	serving sync.WaitGroup
}

// Listen takes invocations for a warehouse, and records the owner beside it. The
// caller has the warehouse open, so that no other process can be its owner.
func Listen(ctx context.Context, warehouse, runtimeDir string, o Owner, h Handler) (*Server, error) {
	warehouse = Resolve(warehouse)
	if err := private(runtimeDir); err != nil {
		return nil, err
	}
	s := &Server{record: recordPath(warehouse), socket: socketPath(runtimeDir, warehouse), handle: h}
	if err := removed(s.socket); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "unix", s.socket)
	if err != nil {
		return nil, fault.Wrap(err, fault.Disk, "the server's socket cannot be made").WithHint("set XDG_RUNTIME_DIR to a folder of your own")
	}
	s.listener = listener
	if err := os.Chmod(s.socket, 0o600); err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Disk, "the server's socket cannot be protected"), listener.Close())
	}
	s.ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	o.Socket = s.socket
	if err := o.write(s.record); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	s.serving.Go(s.accept)
	return s, nil
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return // it is closed
		}
		s.mu.Lock()
		if s.ctx.Err() != nil {
			s.mu.Unlock()
			_ = conn.Close() // it comes too late
			continue
		}
		s.jobs.Go(func() { s.serve(conn) })
		s.mu.Unlock()
	}
}

// serve runs the invocation of a connection.
func (s *Server) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	stopped := context.AfterFunc(s.ctx, func() { _ = conn.SetReadDeadline(aLongTimeAgo()) })
	k, content, err := receive(conn)
	stopped()
	var inv Invocation
	if err != nil || k != kindRun || json.Unmarshal(content, &inv) != nil {
		return // a look whether somebody is there, or not one of us
	}
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	w := &wire{conn: conn}
	input, feed := io.Pipe()
	var reading sync.WaitGroup
	reading.Go(func() { listen(conn, feed, cancel) })
	streams := Streams{
		In:  &wanted{r: input, ask: sync.OnceValue(func() error { return w.send(kindWantIn, nil) })},
		Out: &remote{w: w, kind: kindOut, screen: inv.Out, cancel: cancel},
		Err: &remote{w: w, kind: kindErr, cancel: cancel},
	}
	code := s.handle(ctx, inv, streams)
	_ = w.send(kindExit, []byte(strconv.Itoa(code))) // the sender may be gone
	_ = conn.Close()
	_ = input.Close()
	reading.Wait()
}

// listen takes what the sender says while its command runs.
func listen(conn net.Conn, feed *io.PipeWriter, cancel context.CancelFunc) {
	defer cancel()
	for {
		k, content, err := receive(conn)
		if err != nil {
			_ = feed.CloseWithError(err)
			return
		}
		switch k {
		case kindCancel:
			cancel()
		case kindIn:
			// Who does not want it any more closed the pipe.
			_, _ = io.Copy(feed, bytes.NewReader(content))
		case kindInEnd:
			_ = feed.Close()
		default: // of a sender that knows more
		}
	}
}

// Close takes no more invocations, ends those that run and waits for them, and
// removes the socket and the record.
func (s *Server) Close() error {
	s.mu.Lock()
	s.stop()
	s.mu.Unlock()
	err := s.listener.Close()
	s.jobs.Wait()
	s.serving.Wait()
	if err != nil && !errors.Is(err, net.ErrClosed) {
		err = fault.Wrap(err, fault.Disk, "the server's socket cannot be closed")
	}
	return errors.Join(err, removed(s.socket), removed(s.record))
}
