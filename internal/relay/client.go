package relay

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"strconv"
	"sync"

	"github.com/kith-analytics/kith/internal/fault"
)

// Run has the owner run an invocation, and gives its exit code. A cancelled ctx
// cancels it there, and Run waits for its end.
func (o Owner) Run(ctx context.Context, inv Invocation, s Streams) (code int, err error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", o.Socket)
	if err != nil {
		return 0, fault.Wrap(err, fault.Unavailable, "the server (process %d) does not answer", o.PID)
	}
	defer func() { _ = conn.Close() }()
	content, err := json.Marshal(inv)
	if err != nil {
		return 0, fault.Wrap(err, fault.Internal, "the command cannot be passed on")
	}
	w := &wire{conn: conn}
	if err := w.send(kindRun, content); err != nil {
		return 0, err
	}
	unhook := context.AfterFunc(ctx, func() { _ = w.send(kindCancel, nil) }) // a broken connection cancels too
	defer unhook()
	feed := sync.OnceFunc(func() { go pump(w, s.In) })
	for {
		k, content, err := receive(conn)
		if err != nil {
			return 0, fault.Wrap(err, fault.Unavailable, "the server (process %d) ended before the command did", o.PID).
				WithHint("start it again with `kith serve`, or run the command again without it")
		}
		switch k {
		case kindOut:
			_, err = s.Out.Write(content)
		case kindErr:
			_, err = s.Err.Write(content)
		case kindWantIn:
			feed()
		case kindExit:
			code, err := strconv.Atoi(string(content))
			if err != nil {
				return 0, fault.Wrap(err, fault.Internal, "the server's answer is not understood")
			}
			return code, nil
		default:
			err = fault.New(fault.Internal, "the server's answer is not understood")
		}
		if err != nil {
			return 0, fault.Wrap(err, fault.Disk, "the output cannot be written")
		}
	}
}

// pump sends the input until its end. It may be waiting for a person when the
// command has ended, and ends with the process then.
func pump(w *wire, in io.Reader) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := in.Read(buffer)
		if n > 0 && w.send(kindIn, buffer[:n]) != nil {
			return
		}
		if err != nil {
			_ = w.send(kindInEnd, nil) // the command may have ended
			return
		}
	}
}
