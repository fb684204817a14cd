package console_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/dbt/run/console"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	model = event.Node{UniqueID: "model.shop.orders", Name: "orders", ResourceType: "model"}
	start = event.Start{Description: "sql view model main.orders", Index: 1, Total: 2, Node: model}
	ended = event.ModelDone{Description: "sql view model main.orders", Status: "OK", Index: 1, Total: 2, Took: event.Seconds(time.Second), Node: model}
)

func show(t *testing.T, o console.Options, events ...event.Event) string {
	t.Helper()
	var b bytes.Buffer
	o.Out = &b
	o.Now = func() time.Time { return time.Date(2026, 11, 21, 4, 23, 8, 5000, time.FixedZone("", 3600)) }
	p := console.New(o)
	for _, e := range events {
		p.Emit(e)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	t.Parallel()
	everything := []event.Event{
		event.Version{Version: "1.0.0", Dbt: "1.12"},
		event.NodeStarted{Node: model},
		ended,
		event.Warning{Msg: "mind this"},
		event.Print{Msg: "orders"},
		event.Text{Lvl: event.Error, Mark: true, Msg: "no"},
	}
	dots := " ..................................."
	for _, tc := range []struct {
		name string
		o    console.Options
		want string
	}{
		{"text", console.Options{Level: event.Info}, "03:23:08  Running with kith=1.0.0 (dbt 1.12)\n" +
			"03:23:08  1 of 2 OK created sql view model main.orders" + dots + " [OK in 1.00s]\n" +
			"03:23:08  [WARNING]: mind this\norders\n03:23:08  [ERROR]: no\n"},
		{"colours", console.Options{Level: event.Info, Colour: true}, "03:23:08  Running with kith=1.0.0 (dbt 1.12)\n" +
			"03:23:08  1 of 2 OK created sql view model main.orders" + dots + " [\x1b[32mOK\x1b[0m in 1.00s]\n" +
			"03:23:08  [\x1b[33mWARNING\x1b[0m]: mind this\norders\n03:23:08  [\x1b[31mERROR\x1b[0m]: no\n"},
		{"debug", console.Options{Level: event.Debug, Format: console.DebugText}, "03:23:08.000005 [info ]: Running with kith=1.0.0 (dbt 1.12)\n" +
			"03:23:08.000005 [debug]: Began running node model.shop.orders\n" +
			"03:23:08.000005 [info ]: 1 of 2 OK created sql view model main.orders" + dots + " [OK in 1.00s]\n" +
			"03:23:08.000005 [warn ]: [WARNING]: mind this\norders\n03:23:08.000005 [error]: [ERROR]: no\n"},
		{"warnings", console.Options{Level: event.Warn}, "03:23:08  [WARNING]: mind this\norders\n03:23:08  [ERROR]: no\n"},
		{"quiet", console.Options{Level: event.Info, Quiet: true}, "orders\n03:23:08  [ERROR]: no\n"},
		{"none", console.Options{Level: event.None}, "orders\n"},
		{"no print", console.Options{Level: event.Error, NoPrint: true}, "03:23:08  [ERROR]: no\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := show(t, tc.o, everything...); got != tc.want {
				t.Errorf("\n got %q\nwant %q", got, tc.want)
			}
		})
	}
}

// The keys that programs read from dbt's structured log.
func TestStructuredLog(t *testing.T) {
	t.Parallel()
	got := show(t, console.Options{Level: event.Info, Format: console.JSON, Colour: true, InvocationID: "abc", PID: 7}, ended)
	var entry struct {
		Data map[string]any `json:"data"`
		Info map[string]any `json:"info"`
	}
	if err := json.Unmarshal([]byte(got), &entry); err != nil {
		t.Fatalf("%v in %s", err, got)
	}
	for key, want := range map[string]any{
		"name": "LogModelResult", "code": "Q012", "level": "info", "invocation_id": "abc", "pid": 7.0, "ts": "2026-11-21T03:23:08.000005Z",
		"msg": "1 of 2 OK created sql view model main.orders ................................... [OK in 1.00s]",
	} {
		if entry.Info[key] != want {
			t.Errorf("info.%s is %v, want %v", key, entry.Info[key], want)
		}
	}
	if entry.Data["execution_time"] != 1.0 || entry.Data["status"] != "OK" || entry.Data["index"] != 1.0 {
		t.Errorf("data %v", entry.Data)
	}
	if node, _ := entry.Data["node_info"].(map[string]any); node["unique_id"] != "model.shop.orders" {
		t.Errorf("node_info %v", node)
	}
}

func TestEveryEventIsOneLineOfJSON(t *testing.T) {
	t.Parallel()
	got := show(
		t, console.Options{Format: console.JSON},
		event.Version{}, event.Found{}, event.Concurrency{}, event.Blank{}, event.Text{Msg: "a\nb"}, event.NoMatch{}, event.NothingToDo{}, event.NoNodes{},
		event.Print{}, event.Log{}, event.Warning{}, event.Compiled{Code: "select 1\n"}, event.Preview{Table: "| a |"}, event.NodeStarted{}, event.NodeFinished{},
		event.Start{}, event.ModelDone{}, event.TestDone{}, event.NoOp{}, event.Skip{}, event.SkipEphemeral{}, event.Cancel{}, event.Skipping{},
		event.HookStart{}, event.HookDone{}, event.Finished{}, event.Completed{}, event.Stopping{}, event.Problem{}, event.ProblemText{}, event.ProblemStatus{},
		event.CompiledPath{}, event.StoredFailures{}, event.Done{},
	)
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	if len(lines) != 34 {
		t.Errorf("%d lines of 34 events", len(lines))
	}
	for _, line := range lines {
		var entry struct {
			Info struct{ Name, Code string } `json:"info"`
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Info.Name == "" || entry.Info.Code == "" {
			t.Errorf("%v: %s", err, line)
		}
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	for _, format := range []console.Format{console.Text, console.JSON} {
		got := show(t, console.Options{Format: format, Secrets: []string{"", " ", "hunter2"}}, event.Print{Msg: "the password is hunter2"})
		if strings.Contains(got, "hunter2") || !strings.Contains(got, "the password is *****") {
			t.Errorf("%q", got)
		}
	}
}

func TestStatusLineStaysBelowTheLog(t *testing.T) {
	t.Parallel()
	got := show(
		t, console.Options{Level: event.Info, Status: true, Width: func() int { return 60 }},
		event.Concurrency{Threads: 2, Target: "dev", Nodes: 2}, event.NodeStarted{Node: model}, start,
		event.NodeStarted{Node: event.Node{UniqueID: "x", Name: "a_model_with_a_long_name_indeed"}},
		event.NodeFinished{Node: event.Node{UniqueID: model.UniqueID, Status: "error"}}, ended, event.Finished{Stats: "2 models"},
	)
	// As a terminal shows it: each status line is wiped before a line is written.
	for frame := range strings.SplitSeq(got, "\n") {
		if strings.Contains(frame, "\x1b[K") && strings.Contains(frame, "█") && !strings.Contains(frame, "\r") {
			t.Errorf("a status line was left in the log: %q", frame)
		}
	}
	for _, want := range []string{"░ 0/2 0.0s orders\x1b[K", "█░░░░░░░░░░ 1/2 0.0s 1 failed a_model_with_a_long…\x1b[K"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if !strings.HasSuffix(got, "\r\x1b[K03:23:08  Finished running 2 models in 0 hours 0 minutes and 0.00 seconds (0.00s).\n") {
		t.Errorf("the status line outlives the run: %q", got)
	}
}

func TestStatusLineFitsAnyWidth(t *testing.T) {
	t.Parallel()
	for width := range 50 {
		got := show(
			t, console.Options{Level: event.None, Status: true, Width: func() int { return width }},
			event.Concurrency{Nodes: 3}, event.NodeStarted{Node: model}, event.NodeFinished{Node: event.Node{UniqueID: "y", Status: "fail"}},
		)
		for frame := range strings.SplitSeq(got, "\r") {
			if text := strings.TrimSuffix(frame, "\x1b[K"); len([]rune(text)) >= max(width, 1) {
				t.Errorf("width %d: %q has %d columns", width, text, len([]rune(text)))
			}
		}
	}
}

func TestTicksRedraw(t *testing.T) {
	t.Parallel()
	ticks := make(chan time.Time)
	drawn := make(chan string, 10)
	p := console.New(console.Options{Out: sink(drawn), Status: true, Level: event.None, Tick: ticks, Now: time.Now})
	p.Emit(event.Concurrency{Nodes: 3})
	<-drawn
	ticks <- time.Time{}
	if s := <-drawn; !strings.Contains(s, "0/3") {
		t.Errorf("%q", s)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal("closing twice:", err)
	}
}

type sink chan<- string

func (s sink) Write(b []byte) (int, error) { s <- string(b); return len(b), nil }

type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestErrorsOfWritingAreKept(t *testing.T) {
	t.Parallel()
	p := console.New(console.Options{Out: full{}, Now: time.Now})
	p.Emit(event.Found{Stats: "1 model"})
	if err := p.Close(); !errors.Is(err, errFull) {
		t.Error(err)
	}
}

func TestNamesOfFormatsAndLevels(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]console.Format{"": console.Text, "default": console.Text, "TEXT": console.Text, "json": console.JSON, "debug": console.DebugText} {
		if got, ok := console.ParseFormat(name); !ok || got != want {
			t.Errorf("%q: %v %v", name, got, ok)
		}
	}
	if _, ok := console.ParseFormat("xml"); ok {
		t.Error("xml is no format")
	}
	for _, l := range []event.Level{event.Debug, event.Info, event.Warn, event.Error, event.None} {
		if got, ok := event.ParseLevel(strings.ToUpper(l.String())); !ok || got != l {
			t.Errorf("%v: %v %v", l, got, ok)
		}
	}
	if _, ok := event.ParseLevel("loud"); ok {
		t.Error("loud is no level")
	}
}
