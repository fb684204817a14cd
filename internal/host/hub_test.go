package host

import (
	"strconv"
	"strings"
	"testing"
)

func TestEverybodyWhoListensHears(t *testing.T) {
	t.Parallel()
	var h hub
	one, stopOne := h.Listen()
	other, stopOther := h.Listen()
	defer stopOther()
	h.tell(Notice{Kind: RunStarted, RunID: "a"})
	stopOne()
	stopOne() // twice is once
	h.tell(Notice{Kind: RunFinished, RunID: "a"})
	if got := kinds(one); got != "run_started " {
		t.Errorf("who stopped heard %q", got)
	}
	stopOther()
	if got := kinds(other); got != "run_started run_finished " {
		t.Errorf("who went on heard %q", got)
	}
}

// Nobody who listens slowly holds up those who tell: the oldest is dropped.
func TestWhoListensSlowlyMissesTheOldest(t *testing.T) {
	t.Parallel()
	var h hub
	slow, stop := h.Listen()
	for i := range backlog + 10 {
		h.tell(Notice{Kind: RunProgress, Node: strconv.Itoa(i)})
	}
	stop()
	var nodes []string
	for n := range slow {
		nodes = append(nodes, n.Node)
	}
	if len(nodes) != backlog || nodes[0] != "10" || nodes[backlog-1] != strconv.Itoa(backlog+9) {
		t.Errorf("heard %d notices, %v", len(nodes), nodes)
	}
}

func TestSilenceEndsAllStreams(t *testing.T) {
	t.Parallel()
	var h hub
	before, stop := h.Listen()
	h.Silence()
	stop()
	after, _ := h.Listen()
	h.tell(Notice{Kind: DataChanged})
	if kinds(before) != "" || kinds(after) != "" {
		t.Error("somebody hears of the silenced hub")
	}
}

// kinds reads a stream to its end.
func kinds(from <-chan Notice) string {
	var out strings.Builder
	for n := range from {
		out.WriteString(n.Kind + " ")
	}
	return out.String()
}
