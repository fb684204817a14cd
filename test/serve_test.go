package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is a `kith serve` that runs, and somebody who is signed in to it.
type server struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	client  *http.Client
	ready   time.Duration
	log     *bytes.Buffer
	ended   chan struct{}
}

// serving starts a server in a project's folder, on a port of its own.
func serving(t *testing.T, dir string, args ...string) *server {
	t.Helper()
	s := &server{t: t, log: &bytes.Buffer{}, ended: make(chan struct{})}
	s.cmd = command(t.Context(), dir, append([]string{"serve", "--addr", "127.0.0.1:0", "--print-link", "--log-level", "warn"}, args...)...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	s.cmd.Stderr = s.log
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	link := ""
	for link == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			_ = s.cmd.Wait()
			t.Fatalf("the server ended: %s", s.log)
		}
		link = regexp.MustCompile(`http://\S+/login\?token=\S+`).FindString(line)
	}
	s.ready = time.Since(began)
	s.address, _, _ = strings.Cut(link, "/login")
	go func() {
		defer close(s.ended)
		_, _ = io.Copy(io.Discard, lines)
		_ = s.cmd.Wait() // its exit code is looked at
	}()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
	answer, err := s.client.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	t.Cleanup(func() {
		s.client.CloseIdleConnections()
		_ = s.cmd.Process.Kill() // it may have ended
		<-s.ended
	})
	return s
}

// stop ends the server as Ctrl-C does.
func (s *server) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(30 * time.Second):
		s.t.Fatal("the server does not end")
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		s.t.Errorf("the server ended with %d: %s", code, s.log)
	}
}

// get asks for JSON, and gives the data version it belongs to.
func (s *server) get(path string, into any) (version string, err error) {
	answer, err := s.client.Get(s.address + path)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %d %s", path, answer.StatusCode, text)
	}
	return answer.Header.Get("X-Data-Version"), json.Unmarshal(text, into)
}

// state is what a page shows of the data.
type state struct {
	DataVersion string `json:"data_version"`
	Notice      string
	Unfinished  []string
}

func (s *server) state() (out state) {
	s.t.Helper()
	if _, err := s.get("/api/v1/session", &out); err != nil {
		s.t.Fatal(err)
	}
	return out
}

func TestCommandsAreRunByTheServer(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/a.sql": "select 1 as id", "models/broken.sql": "select nothing from {{ ref('a') }}", "good.csv": header + lines(3),
		"models/b.sql": "{{ config(materialized='table') }} select '{{ env_var('WORD', 'none') }}' as word",
	})
	alone := map[string]outcome{}
	commands := map[string][]string{
		"run": {"run", "-s", "a", "b", "--threads", "1"}, "query": {"query", "select 41 + 1 as answer"}, "bad query": {"query", "select nothing"}, "bad flag": {"run", "--nothing"},
		"failing": {"run", "-s", "broken"}, "no such preset": {"load", "--preset", "nothing", "good.csv"}, "missing file": {"load", "--preset", "online-retail", "none.csv"},
	}
	well(t, dir, "run", "-s", "a")
	for name, args := range commands {
		alone[name] = kith(t, dir, args...)
	}
	s := serving(t, dir)
	clock := regexp.MustCompile(`\d\d:\d\d:\d\d|in \d+\.\d+s|\d+\.\d+ seconds \(\S+\)`)
	for name, args := range commands {
		got, want := kith(t, dir, args...), alone[name]
		if got.code != want.code || clock.ReplaceAllString(got.stdout, "") != clock.ReplaceAllString(want.stdout, "") || got.stderr != want.stderr {
			t.Errorf("%s with a server:\n%d %s%s\nwithout one:\n%d %s%s", name, got.code, got.stdout, got.stderr, want.code, want.stdout, want.stderr)
		}
	}
	holds(t, well(t, dir, "load", "--preset", "online-retail", "good.csv"), []string{"good.csv: 3 rows into bronze.transaction_logs"})
	if got := query(t, dir, "select count(*) from bronze.transaction_logs"); got != "3" {
		t.Errorf("%s rows", got)
	}
	// From another folder, with the environment of the sender and its input.
	cmd := command(t.Context(), t.TempDir(), "run", "-s", "b", "--project-dir", dir)
	cmd.Env = append(cmd.Env, "WORD=given")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	cmd = command(t.Context(), dir, "query", "--format", "csv", "-")
	cmd.Stdin = strings.NewReader("select word from b")
	if out, err := cmd.Output(); err != nil || string(out) != "word\ngiven\n" {
		t.Errorf("%v %q", err, out)
	}
	refused(t, dir, 1, []string{"is served already, by process", "kith link"}, "serve", "--addr", "127.0.0.1:0")
	refused(t, dir, 2, []string{"--readers is 0", "from 1 to"}, "serve", "--readers", "0")
	refused(t, dir, 2, []string{"--query-timeout is -5s", "such as 30s"}, "serve", "--query-timeout", "-5s")
	refused(t, dir, 1, nil, "query", "with x as (select 1 as id) insert into b select 'x'")
	s.stop()
	well(t, dir, "run", "-s", "a")
	refused(t, dir, 1, []string{"no server has", "kith serve"}, "link")
}

// A run that somebody starts in the web app is known from the moment that its id is, and
// so is that it had nothing to do.
func TestAStartedRunIsKnown(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as id"})
	well(t, dir, "run")
	s := serving(t, dir)
	for selection, want := range map[string]string{"a": "success", "nothing": "failed"} {
		answer, err := s.client.Post(s.address+"/api/v1/runs", "application/json", strings.NewReader(`{"command": "build", "select": "`+selection+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		var run struct{ ID, Status, Message string }
		err = errors.Join(json.NewDecoder(answer.Body).Decode(&run), answer.Body.Close())
		if err != nil || answer.StatusCode != http.StatusAccepted {
			t.Fatalf("%d %v", answer.StatusCode, err)
		}
		for until := time.Now().Add(30 * time.Second); ; {
			if _, err := s.get("/api/v1/runs/"+run.ID, &run); err != nil {
				t.Fatal(err)
			}
			if run.Status != "running" || time.Now().After(until) {
				break
			}
		}
		if run.Status != want || want == "failed" && run.Message != `the selection "nothing" names nothing` {
			t.Errorf("select %s: %+v", selection, run)
		}
	}
	s.stop()
}

func TestCtrlCReachesTheServersJob(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/slow.sql": slow, "models/other.sql": "select 1 as id"})
	s := serving(t, dir)
	cmd, out := begun(t, dir, "START sql table model main.slow", "run", "-s", "slow")
	if got := query(t, dir, "select 1"); got != "1" { // reading does not wait
		t.Error(got)
	}
	rest := interrupted(t, cmd, out)
	holds(t, rest, []string{"CANCEL query model.shop.slow", "Exited because of keyboard interrupt"})
	if code := cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("exit %d", code)
	}
	well(t, dir, "run", "-s", "other")
	// A sender that is killed ends its job too.
	cmd, _ = begun(t, dir, "START sql table model main.slow", "run", "-s", "slow")
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	well(t, dir, "run", "-s", "other")
	s.stop()
}

func TestAFailedBuildIsNotShown(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/a.sql": "{{ config(materialized='table') }} select {{ var('n') }} as n", "models/b.sql": "{{ config(materialized='table') }} select n from {{ ref('a') }}",
		"tests/small.sql": "select * from {{ ref('a') }} where n > 5",
	})
	s := serving(t, dir)
	well(t, dir, "build", "--vars", "{n: 1}")
	good := s.state()
	if len(good.Unfinished) > 0 {
		t.Errorf("%+v", good)
	}
	if out := kith(t, dir, "build", "--vars", "{n: 9}"); out.code != 1 {
		t.Fatalf("exit %d: %s", out.code, out.stdout)
	}
	bad := s.state()
	if bad.DataVersion != good.DataVersion || !slices.Equal(bad.Unfinished, []string{"model.shop.b", "test.shop.small"}) {
		t.Errorf("%+v", bad)
	}
	// A server that is started on such tables says so.
	s.stop()
	s = serving(t, dir)
	if again := s.state(); len(again.Unfinished) != 2 {
		t.Errorf("%+v", again)
	}
	well(t, dir, "build", "--vars", "{n: 2}")
	if mended := s.state(); mended.DataVersion == good.DataVersion || len(mended.Unfinished) > 0 {
		t.Errorf("%+v", mended)
	}
	kith(t, dir, "build", "--vars", "{n: 9}")
	well(t, dir, "publish")
	if forced := s.state(); len(forced.Unfinished) > 0 {
		t.Errorf("%+v", forced)
	}
	s.stop()
}

// Sixteen people look at dashboards while the data is loaded and built anew. All that
// is told of one data version is the same, and nobody meets an error.
func TestReadersSeeOneVersionWhileABuildRuns(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "shop")
	well(t, filepath.Dir(dir), "init", "shop")
	well(t, dir, "generate", "--customers", "200", "--transactions", "4000")
	shown := []string{"--select", "+customer_360_profile", "+mart_cohort_retention", "+mart_transaction_waterfall", "+metric_daily", "+metric_daily_segments"}
	build(t, dir, shown...)
	s := serving(t, dir)
	questions := []string{
		"/api/v1/segments?kind=country", "/api/v1/cohorts?measure=revenue", "/api/v1/waterfall", "/api/v1/customers?limit=200",
		`/api/v1/query?q={"metrics":["net_revenue","orders"],"grain":"month"}`, `/api/v1/query?q={"metrics":["net_revenue"],"dimensions":["country"]}`,
	}
	var mu sync.Mutex
	told := map[string]string{} // by version and question
	count := 0
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for i := range 16 {
		readers.Go(func() {
			for n := i; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				question := questions[n%len(questions)]
				var answer any
				version, err := s.get(question, &answer)
				if err != nil {
					t.Error(err)
					return
				}
				text := fmt.Sprint(answer)
				mu.Lock()
				count++
				key := version + " " + question
				if before, known := told[key]; known && before != text {
					t.Errorf("two answers of one version: %s\n%.300s\n%.300s", key, before, text)
				}
				told[key] = text
				mu.Unlock()
			}
		})
	}
	for range 2 {
		well(t, dir, "generate", "--more", "20")
		build(t, dir, shown...)
	}
	close(stop)
	readers.Wait()
	versions := map[string]bool{}
	for key := range maps.Keys(told) {
		version, _, _ := strings.Cut(key, " ")
		versions[version] = true
	}
	if len(versions) < 3 || count < 100 {
		t.Errorf("%d answers of %d versions: too little was tried", count, len(versions))
	}
	t.Logf("%d answers of %d versions", count, len(versions))
	// What is shown at the end is what is there.
	var segments struct{ Items []struct{ Revenue float64 } }
	if _, err := s.get("/api/v1/segments?kind=country", &segments); err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, item := range segments.Items {
		sum += item.Revenue
	}
	if want := query(t, dir, "select sum(net_revenue) from gold.customer_360_profile"); want != fmt.Sprintf("%.2f", sum) {
		t.Errorf("shown is %.2f, built is %s", sum, want)
	}
	s.stop()
}

// A server that is killed during a build leaves each table as it was or as it is to
// be; it starts again within seconds, says that the build did not end, and the next
// build mends it.
func TestAServerIsKilledDuringABuild(t *testing.T) {
	t.Parallel()
	models := files{}
	for i := range 8 {
		models[fmt.Sprintf("models/m%d.sql", i)] = "{{ config(materialized='table') }}\nselect i as id, i * {{ var('round') }} as v from range(300000) as t(i)" +
			map[bool]string{true: fmt.Sprintf(" where i in (select id from {{ ref('m%d') }})", i-1)}[i > 0]
	}
	models["profiles.yml"] = "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: " + warehouseFile + ", threads: 1}\n"
	before := project(t, models)
	build(t, before, "--vars", "{round: 1}")
	old := fingerprints(t, before)
	copyOf := func() string {
		dir := project(t, models)
		if err := copied(filepath.Join(before, warehouseFile), filepath.Join(dir, warehouseFile)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	after := copyOf()
	began := time.Now()
	build(t, after, "--vars", "{round: 2}")
	took := time.Since(began)
	fresh := fingerprints(t, after)
	r := rand.New(rand.NewPCG(5, 6))
	midway := 0
	rounds := crashes(t, 5)
	for i := range rounds {
		dir := copyOf()
		s := serving(t, dir)
		cmd := command(t.Context(), dir, "build", "--quiet", "--vars", "{round: 2}")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(moment(r, i, rounds, took), func() { _ = s.cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		_ = s.cmd.Process.Kill()
		<-s.ended
		if _, failed := errors.AsType[*exec.ExitError](err); failed {
			midway++
			holds(t, stderr.String(), []string{"kith: ", "ended before the command did"})
		}
		oneOrTheOther(t, dir, old, fresh)
		is := fingerprints(t, dir)
		s = serving(t, dir)
		if s.ready > 5*time.Second {
			t.Errorf("ready after %s", s.ready)
		}
		mixed := differences(is, old) != "" && differences(is, fresh) != ""
		if now := s.state(); mixed && len(now.Unfinished) == 0 {
			t.Errorf("tables of two builds are shown without a word: %+v", now)
		}
		build(t, dir, "--vars", "{round: 2}")
		if now := s.state(); len(now.Unfinished) > 0 {
			t.Errorf("%+v", now)
		}
		s.stop()
		if diff := differences(fingerprints(t, dir), fresh); diff != "" {
			t.Fatalf("after the next build: %s", diff)
		}
	}
	if midway == 0 {
		t.Error("no server was killed during a build, so that nothing was tried")
	}
}
