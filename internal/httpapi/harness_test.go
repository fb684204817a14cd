package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/cli"
)

var update = flag.Bool("update", false, "rewrite golden files")

// shop is a served project of the package's tests: the shipped models on a small
// synthetic shop, built once.
type shop struct {
	dir     string
	address string
	link    string
	client  *http.Client // signed in
	copied  string       // the warehouse as it was built
}

var theShop struct {
	once sync.Once
	shop *shop
	stop func() error
	err  error
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if theShop.stop != nil {
		if err := theShop.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "the server did not end well:", err)
			code = 1
		}
		if err := os.RemoveAll(filepath.Dir(theShop.shop.dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
		theShop.shop.client.CloseIdleConnections()
	}
	if err := goleak.Find(); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// served gives the shop, made when a test first needs it.
func served(t *testing.T) *shop {
	t.Helper()
	theShop.once.Do(func() { theShop.shop, theShop.stop, theShop.err = open() })
	if theShop.err != nil {
		t.Fatal(theShop.err)
	}
	return theShop.shop
}

func open() (*shop, func() error, error) {
	parent, err := os.MkdirTemp("", "kith-api-*")
	if err != nil {
		return nil, nil, err
	}
	s := &shop{dir: filepath.Join(parent, "shop")}
	for _, args := range [][]string{
		{"init", s.dir}, {"generate", "--customers", "300", "--transactions", "6000"}, {"build", "--quiet", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"},
	} {
		at := s.dir
		if args[0] == "init" {
			at = parent
		}
		if code, out := run(context.Background(), at, args...); code != 0 {
			return nil, nil, fmt.Errorf("kith %s: exit %d: %s", strings.Join(args, " "), code, out)
		}
	}
	// A copy of the warehouse, for tests that serve it to others than its owner.
	data, err := os.ReadFile(filepath.Join(s.dir, "kith.duckdb"))
	if err != nil {
		return nil, nil, err
	}
	s.copied = filepath.Join(parent, "copy.duckdb")
	if err := os.WriteFile(s.copied, data, 0o600); err != nil {
		return nil, nil, err
	}
	stop, err := s.serve()
	return s, stop, err
}

// run runs a command in a folder.
func run(ctx context.Context, dir string, args ...string) (int, string) {
	var out bytes.Buffer
	code := cli.Main(ctx, environment(dir, &out, args...))
	return code, out.String()
}

func environment(dir string, out io.Writer, args ...string) cli.Environment {
	return cli.Environment{
		Version: "test", Args: args, Stdin: strings.NewReader(""), Stdout: out, Stderr: out,
		Env: []string{"HOME=" + dir, "XDG_RUNTIME_DIR=" + filepath.Dir(dir)}, WorkDir: dir,
	}
}

// serve starts the server and signs in.
func (s *shop) serve() (stop func() error, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := cli.Main(ctx, environment(s.dir, w, "serve", "--addr", "127.0.0.1:0", "--log-level", "error", "--print-link"))
		w.Close()
		ended <- code
	}()
	text := make(chan string, 1)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		var seen strings.Builder
		buffer := make([]byte, 4096)
		told := false
		for {
			n, err := r.Read(buffer)
			seen.Write(buffer[:n])
			if !told && (err != nil || strings.Contains(seen.String(), "login?token=")) {
				text <- seen.String()
				told = true
			}
			if err != nil {
				return
			}
		}
	}()
	stop = func() error {
		cancel()
		code := <-ended
		<-drained
		if code != 0 {
			return fmt.Errorf("exit %d", code)
		}
		return nil
	}
	printed := <-text
	s.link = regexp.MustCompile(`http://\S+/login\?token=\S+`).FindString(printed)
	s.address = regexp.MustCompile(`http://[0-9.:]+`).FindString(printed)
	if s.link == "" {
		return stop, fmt.Errorf("no link in %q", printed)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return stop, err
	}
	s.client = &http.Client{Jar: jar, Transport: &http.Transport{}}
	answer, err := s.client.Get(s.link)
	if err != nil {
		return stop, err
	}
	return stop, answer.Body.Close()
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask sends a request; header is name and value in turns.
func (s *shop) ask(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	return ask(t, s.client, method, s.address+path, body, header...)
}

func ask(t *testing.T, client *http.Client, method, url, body string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for pair := range slices.Chunk(header, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	got, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{status: got.StatusCode, header: got.Header, body: text}
}

// get asks for JSON that must come.
func get[T any](t *testing.T, s *shop, path string) (out T) {
	t.Helper()
	a := s.ask(t, http.MethodGet, path, "")
	if a.status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	if err := json.Unmarshal(a.body, &out); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}
