package console

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// Format is how events are written.
type Format int

// The formats. Text is dbt's default and text; DebugText adds the level and, in
// dbt, the thread; JSON is the structured log.
const (
	Text Format = iota
	DebugText
	JSON
)

// ParseFormat reads a value of --log-format.
func ParseFormat(name string) (Format, bool) {
	switch strings.ToLower(name) {
	case "", "default", "text":
		return Text, true
	case "debug":
		return DebugText, true
	case "json":
		return JSON, true
	}
	return Text, false
}

// Options says where and how events appear. Out and Now must be set.
type Options struct {
	Out    io.Writer
	Format Format
	// Level is the lowest that is shown.
	Level event.Level
	// Quiet shows errors only, and what was asked for (event.Print, Preview, Compiled).
	Quiet  bool
	Colour bool
	// NoPrint drops event.Print of templates.
	NoPrint bool
	// Status keeps a line with progress below the others. It is for terminals.
	Status bool
	// Width gives the terminal's columns; nil is 80.
	Width func() int
	// Tick redraws the status line; nil leaves it to the events. The caller stops its source.
	Tick <-chan time.Time
	// Buffered keeps the text until Close: for commands that print much at once.
	Buffered bool
	// Secrets are texts that are never shown; stars stand for them.
	Secrets []string
	// InvocationID and PID go into the structured log.
	InvocationID string
	PID          int
	Now          func() time.Time
}

// Printer is an event.Sink that writes. It is safe for concurrent use.
type Printer struct {
	o   Options
	out *bufio.Writer // nil unless Buffered
	mu  sync.Mutex
	// failed is the first error of writing; nothing is written after it.
	failed error
	status statusLine
	hide   *strings.Replacer // nil without secrets
	closed chan struct{}
	ticks  sync.WaitGroup
}

// New makes a printer. Close it to take the status line away.
func New(o Options) *Printer {
	p := &Printer{o: o, closed: make(chan struct{})}
	p.status.paint = event.Paint(o.Colour)
	p.hide = hiding(o.Secrets)
	if o.Buffered {
		p.out = bufio.NewWriterSize(o.Out, 64<<10)
		p.o.Out = p.out
	}
	if o.Status && o.Tick != nil {
		p.ticks.Go(p.tick)
	}
	return p
}

// hiding replaces secrets by stars; nil when there are none.
func hiding(secrets []string) *strings.Replacer {
	var pairs []string
	for _, s := range secrets {
		if strings.TrimSpace(s) != "" {
			pairs = append(pairs, s, "*****")
		}
	}
	if pairs == nil {
		return nil
	}
	return strings.NewReplacer(pairs...)
}

// Emit writes the event when its level is shown.
func (p *Printer) Emit(e event.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	changed := p.o.Status && p.status.note(e, p.o.Now())
	if !p.shown(e) {
		if changed {
			p.draw()
		}
		return
	}
	text := p.line(e)
	if p.hide != nil {
		text = p.hide.Replace(text)
	}
	if p.o.Status {
		text = p.status.erase() + text
	}
	p.write(text)
	p.draw()
}

// shown says whether an event is written at all.
func (p *Printer) shown(e event.Event) bool {
	switch e.(type) {
	case event.Print:
		return !p.o.NoPrint
	case event.Preview, event.Compiled:
		return p.o.Level < event.None
	}
	level := e.Meta().Level
	if p.o.Quiet && level < event.Error {
		return false
	}
	return level >= p.o.Level && p.o.Level < event.None
}

// line is the event's text with its end of line.
func (p *Printer) line(e event.Event) string {
	if p.o.Format == JSON {
		return p.structured(e)
	}
	msg := e.Message(event.Paint(p.o.Colour))
	now := p.o.Now().UTC()
	switch e.(type) {
	case event.Print, event.Preview, event.Compiled:
		// Output that is asked for has no time before it, so that it can be piped.
	default:
		if p.o.Format == DebugText {
			msg = fmt.Sprintf("%s [%-5s]: %s", now.Format("15:04:05.000000"), e.Meta().Level, msg)
		} else {
			msg = now.Format("15:04:05") + "  " + msg
		}
	}
	return msg + "\n"
}

// draw writes the status line again.
func (p *Printer) draw() {
	if !p.o.Status {
		return
	}
	width := 80
	if p.o.Width != nil {
		width = p.o.Width()
	}
	if s := p.status.render(width, p.o.Now()); s != "" {
		p.write(s)
	}
}

func (p *Printer) write(s string) {
	if p.failed != nil || s == "" {
		return
	}
	_, p.failed = io.WriteString(p.o.Out, s)
}

func (p *Printer) tick() {
	for {
		select {
		case <-p.closed:
			return
		case <-p.o.Tick:
			p.mu.Lock()
			p.draw()
			p.mu.Unlock()
		}
	}
}

// Close takes the status line away and gives the first error of writing. Events
// that come later are written still, without a status line.
func (p *Printer) Close() error {
	p.mu.Lock()
	select {
	case <-p.closed:
	default:
		close(p.closed)
		p.write(p.status.erase())
		p.o.Status = false
	}
	if p.out != nil {
		if err := p.out.Flush(); p.failed == nil {
			p.failed = err
		}
	}
	err := p.failed
	p.mu.Unlock()
	p.ticks.Wait()
	if err != nil {
		return fmt.Errorf("write the log: %w", err)
	}
	return nil
}
