package console

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// statusLine is the line below the log: how many nodes are done, a bar, the
// time, and what is running.
type statusLine struct {
	paint   event.Paint
	began   time.Time
	total   int
	done    int
	failed  int
	running []running
	drawn   bool
}

type running struct {
	id, name string
}

// note takes in what an event says about progress, and says whether it changed.
func (s *statusLine) note(e event.Event, now time.Time) bool {
	switch e := e.(type) {
	case event.Concurrency:
		*s = statusLine{paint: s.paint, began: now, total: e.Nodes, drawn: s.drawn}
	case event.NodeStarted:
		if e.Node.Ephemeral {
			return false
		}
		s.running = append(s.running, running{id: e.Node.UniqueID, name: e.Node.Name})
	case event.NodeFinished:
		s.running = slices.DeleteFunc(s.running, func(r running) bool { return r.id == e.Node.UniqueID })
		if e.Node.Ephemeral {
			return false
		}
		s.done++
		if e.Node.Status == "error" || e.Node.Status == "fail" {
			s.failed++
		}
	case event.Finished:
		s.total = 0
	default:
		return false
	}
	return true
}

// erase gives what takes the drawn line away.
func (s *statusLine) erase() string {
	if !s.drawn {
		return ""
	}
	s.drawn = false
	return "\r\x1b[K"
}

const barCells = 20

// render gives the line, to be drawn over the last one; "" between runs. It
// never reaches the last column, for some terminals break the line there.
func (s *statusLine) render(width int, now time.Time) string {
	if s.total == 0 {
		return s.erase()
	}
	filled := min(barCells, barCells*s.done/s.total)
	bar := strings.Repeat("█", filled) + strings.Repeat("░", barCells-filled)
	elapsed := now.Sub(s.began).Round(100 * time.Millisecond)
	plain := fmt.Sprintf("%s %d/%d %s", bar, s.done, s.total, clock(elapsed))
	line := plain
	if s.failed > 0 {
		failures := fmt.Sprintf(" %d failed", s.failed)
		plain += failures
		line += s.paint.Red(failures)
	}
	names := make([]string, len(s.running))
	for i, r := range s.running {
		names[i] = r.name
	}
	room := width - 1 - len([]rune(plain)) - 1
	if text := cut(strings.Join(names, ", "), room); text != "" {
		line += " " + text
	}
	if len([]rune(plain)) >= width {
		line = cut(plain, width-1)
	}
	s.drawn = true
	return "\r" + line + "\x1b[K"
}

// cut shortens text to n columns.
func cut(text string, n int) string {
	r := []rune(text)
	switch {
	case len(r) <= n:
		return text
	case n < 2:
		return ""
	}
	return string(r[:n-1]) + "…"
}

// clock gives 4.2s, or 1:05 from a minute on.
func clock(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	s := int(d.Seconds())
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
