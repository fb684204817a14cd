package terminal

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// redrawEvery is the least time between two drawings of a bar.
const redrawEvery = 80 * time.Millisecond

// Unit says how a Progress tells amounts.
type Unit int

// The units.
const (
	// Count tells 1,234 of 5,000.
	Count Unit = iota
	// Bytes tells 1.2 of 7.4 MB (decimal: 1 MB is 1,000,000 bytes).
	Bytes
)

// Progress is one line at the bottom of a terminal that says how far some work
// is. Where no person watches it writes nothing at all. Its methods may be
// called from several goroutines; it starts none.
type Progress struct {
	mu       sync.Mutex
	terminal Terminal
	palette  Palette
	unit     Unit
	now      func() time.Time
	start    time.Time
	drawn    time.Time
	label    string
	done     int64
	total    int64
	shown    bool // the bar is on the screen
	closed   bool
}

// NewProgress starts a progress line. total is the whole amount, 0 when nobody
// knows it. now is the clock (time.Now). The caller calls Done at the end.
func NewProgress(t Terminal, label string, total int64, unit Unit, now func() time.Time) *Progress {
	p := &Progress{
		terminal: t, palette: t.Palette(), unit: unit, now: now, start: now(), label: label, total: total,
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(true)
	return p
}

// Add counts n more as done.
func (p *Progress) Add(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	p.draw(false)
}

// Set says how much is done by now.
func (p *Progress) Set(done int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = done
	p.draw(false)
}

// SetTotal says how much there is, once that is known.
func (p *Progress) SetTotal(total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = total
	p.draw(false)
}

// SetLabel says what is being worked on.
func (p *Progress) SetLabel(label string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.label = label
	p.draw(true)
}

// Write puts whole lines above the bar. It serves as the io.Writer of what else
// the work prints; without a person's terminal the text goes through unchanged.
func (p *Progress) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	n, err := p.terminal.Out.Write(text)
	// A line that is not finished yet must not be drawn over.
	if err == nil && bytes.HasSuffix(text, []byte("\n")) {
		p.draw(true)
	}
	return n, err //nolint:wrapcheck // the contract of io.Writer
}

// Done takes the bar away. Calls after the first do nothing.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	p.closed = true
}

func (p *Progress) erase() {
	if !p.shown {
		return
	}
	p.shown = false
	// A terminal that went away is no reason to fail the work.
	_, _ = io.WriteString(p.terminal.Out, "\r\x1b[K")
}

// draw shows the bar; unless at once, not more often than redrawEvery.
func (p *Progress) draw(atOnce bool) {
	if !p.terminal.Interactive || p.closed {
		return
	}
	now := p.now()
	if !atOnce && now.Sub(p.drawn) < redrawEvery {
		return
	}
	p.drawn, p.shown = now, true
	// One column stays free: a full line wraps on some terminals.
	line := Clip(p.line(now), p.terminal.Width-1)
	_, _ = io.WriteString(p.terminal.Out, "\r"+line+"\x1b[K")
}

func (p *Progress) line(now time.Time) string {
	const barWidth = 24
	elapsed := now.Sub(p.start)
	if p.total <= 0 {
		return fmt.Sprintf("%s  %s  %s", p.label, p.amount(p.done), p.palette.Dim(spell(elapsed)))
	}
	done := min(p.done, p.total)
	share := float64(done) / float64(p.total)
	filled := Bar(share, 1, barWidth)
	bar := p.palette.Accent(filled) + p.palette.Dim(strings.Repeat("░", barWidth-Columns(filled)))
	left := ""
	// An estimate from the first moments would only jump.
	if elapsed > time.Second && done > 0 && done < p.total {
		rest := time.Duration(float64(elapsed) * (1 - share) / share)
		left = p.palette.Dim("  " + spell(rest) + " left")
	}
	return fmt.Sprintf("%s  %s %3d%%  %s of %s%s",
		p.label, bar, int(100*share), p.amount(done), p.amount(p.total), left)
}

func (p *Progress) amount(n int64) string {
	const kilo, mega, giga = 1e3, 1e6, 1e9
	if p.unit == Count {
		return Group(strconv.FormatInt(n, 10))
	}
	switch v := float64(n); {
	case v >= giga:
		return fmt.Sprintf("%.2f GB", v/giga)
	case v >= mega:
		return fmt.Sprintf("%.1f MB", v/mega)
	default:
		return fmt.Sprintf("%.0f kB", v/kilo)
	}
}

// spell writes a duration in the two largest units that matter.
func spell(d time.Duration) string {
	d = d.Round(time.Second)
	hours, minutes, seconds := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	switch {
	case hours > 0:
		return fmt.Sprintf("%dh %02dm", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%dm %02ds", minutes, seconds)
	default:
		return fmt.Sprintf("%ds", seconds)
	}
}
