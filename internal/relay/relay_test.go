package relay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/relay"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// folder is a short one: names of sockets are at most about 100 bytes.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "kr") //nolint:usetesting // its folders have long names
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func listen(t *testing.T, dir string, h relay.Handler) (string, *relay.Server) {
	t.Helper()
	file := filepath.Join(dir, "w.duckdb")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := relay.Listen(t.Context(), file, filepath.Join(dir, "run"), relay.Owner{PID: os.Getpid(), Version: "1"}, h)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
	return file, s
}

func owner(t *testing.T, file string) relay.Owner {
	t.Helper()
	o, ok, err := relay.Find(t.Context(), file)
	if err != nil || !ok {
		t.Fatalf("no owner: %v", err)
	}
	return o
}

func TestACommandIsPassed(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	file, _ := listen(t, dir, func(_ context.Context, inv relay.Invocation, s relay.Streams) int {
		fmt.Fprint(s.Out, strings.Join(inv.Args, " "), " in ", inv.WorkDir, " with ", strings.Join(inv.Env, ","), "\n")
		fmt.Fprint(s.Err, "a warning\n")
		text, err := io.ReadAll(s.In)
		fmt.Fprintf(s.Out, "read %q %v\n", text, err)
		if screen, ok := s.Out.(interface{ Screen() (bool, int) }); ok {
			interactive, width := screen.Screen()
			fmt.Fprintln(s.Out, interactive, width)
		}
		fmt.Fprint(s.Out, strings.Repeat("x", 3<<20))
		return 7
	})
	var out, errs bytes.Buffer
	// The link to the folder names the same warehouse.
	link := filepath.Join(dir, "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	code, err := owner(t, filepath.Join(link, filepath.Base(file))).Run(t.Context(), relay.Invocation{
		Args: []string{"query", "-"}, WorkDir: "/somewhere", Env: []string{"A=1"}, Out: relay.Screen{Interactive: true, Width: 99},
	}, relay.Streams{In: strings.NewReader("select 1"), Out: &out, Err: &errs})
	if err != nil || code != 7 || errs.String() != "a warning\n" {
		t.Fatalf("%d %v %q", code, err, errs.String())
	}
	want := "query - in /somewhere with A=1\nread \"select 1\" <nil>\ntrue 99\n" + strings.Repeat("x", 3<<20)
	if out.String() != want {
		t.Errorf("got %.200q", out.String())
	}
	for _, path := range []string{owner(t, file).Socket, file + ".server"} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
}

func TestACancelReachesTheCommand(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	file, _ := listen(t, folder(t), func(ctx context.Context, _ relay.Invocation, s relay.Streams) int {
		cancel()
		<-ctx.Done()
		fmt.Fprint(s.Out, "stopped")
		return 1
	})
	var out bytes.Buffer
	code, err := owner(t, file).Run(ctx, relay.Invocation{}, relay.Streams{In: strings.NewReader(""), Out: &out, Err: io.Discard})
	if code != 1 || err != nil || out.String() != "stopped" {
		t.Errorf("%d %v %q", code, err, out.String())
	}
}

func TestASenderThatIsGoneEndsTheCommand(t *testing.T) {
	t.Parallel()
	began, ended := make(chan struct{}), make(chan struct{})
	file, _ := listen(t, folder(t), func(ctx context.Context, _ relay.Invocation, _ relay.Streams) int {
		close(began)
		<-ctx.Done()
		close(ended)
		return 1
	})
	conn, err := net.Dial("unix", owner(t, file).Socket)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(append([]byte{'R', 0, 0, 0, 2}, "{}"...)); err != nil {
		t.Fatal(err)
	}
	<-began
	conn.Close()
	<-ended
}

func TestAServerThatStopsEndsItsCommands(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	file, s := listen(t, folder(t), func(ctx context.Context, _ relay.Invocation, _ relay.Streams) int {
		close(began)
		<-ctx.Done()
		return 1
	})
	o := owner(t, file)
	// One that says nothing does not hold it up.
	silent, err := net.Dial("unix", o.Socket)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	result := make(chan int, 1)
	go func() {
		code, err := o.Run(context.Background(), relay.Invocation{}, relay.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard})
		if err != nil {
			t.Error(err)
		}
		result <- code
	}()
	<-began
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if code := <-result; code != 1 {
		t.Errorf("exit %d", code)
	}
	if _, ok, err := relay.Find(t.Context(), file); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
	for _, left := range []string{o.Socket, file + ".server"} {
		if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left behind", left)
		}
	}
}

func TestWhatAKilledServerLeftIsRemoved(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	file := filepath.Join(dir, "w.duckdb")
	socket := filepath.Join(dir, "s.sock")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	listener.SetUnlinkOnClose(false)
	listener.Close()
	for _, record := range []string{fmt.Sprintf(`{"pid": 1, "socket": %q}`, socket), "not JSON", "{}", ""} {
		if err := os.WriteFile(file+".server", []byte(record), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := relay.Find(t.Context(), file); ok || err != nil {
			t.Errorf("%q: %v %v", record, ok, err)
		}
		for _, left := range []string{file + ".server", socket} {
			if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%q: %s is left", record, left)
			}
		}
	}
}

func TestAFolderThatOthersMayEnterIsRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	open := filepath.Join(dir, "open")
	if err := os.Mkdir(open, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := relay.Listen(t.Context(), filepath.Join(dir, "w.duckdb"), open, relay.Owner{}, nil)
	if !fault.Is(err, fault.Disk) || !strings.Contains(err.Error(), "chmod 700") {
		t.Errorf("got %v", err)
	}
}

func TestStrangeBytesAreSurvived(t *testing.T) {
	t.Parallel()
	file, _ := listen(t, folder(t), func(context.Context, relay.Invocation, relay.Streams) int { return 0 })
	o := owner(t, file)
	for _, bytes := range []string{"", "x", "R\x00\x00\x00\x05{", "R\xff\xff\xff\xff", "Q\x00\x00\x00\x02{}", "R\x00\x00\x00\x02xx", "GET / HTTP/1.1\r\n\r\n"} {
		conn, err := net.Dial("unix", o.Socket)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(bytes))
		_ = conn.(*net.UnixConn).CloseWrite()
		_, _ = io.ReadAll(conn)
		conn.Close()
	}
	if code, err := o.Run(t.Context(), relay.Invocation{}, relay.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}); code != 0 || err != nil {
		t.Errorf("%d %v", code, err)
	}
}
