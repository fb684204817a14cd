// Package terminal writes for people: results as tables, bars, progress, and
// colour where the other end shows it.
//
// Nothing here reads the environment or the clock by itself; Detect is told
// where to look. A pipe or file gets the same words without colour and without
// any progress.
package terminal

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// Widths in columns.
const (
	// DefaultWidth is taken where nobody says how wide the output is.
	DefaultWidth = 80
	// minWidth is the narrowest width that layouts are asked to fit.
	minWidth = 40
)

// Terminal says what the other end of an output can show.
type Terminal struct {
	// Out takes the text.
	Out io.Writer
	// Interactive is true when a person's terminal is there, which a line can be
	// redrawn on.
	Interactive bool
	// Color says whether escape sequences for colour are welcome.
	Color bool
	// Width is the number of columns; never below 40.
	Width int
}

// Screen is an output that knows what the other end can show, such as that of a
// command that runs for somebody else's terminal.
type Screen interface {
	Screen() (interactive bool, width int)
}

// Detect looks at an output and the environment (os.Getenv, mostly).
//
// Colour needs a terminal and goes by NO_COLOR (any value turns it off),
// TERM=dumb (likewise), and CLICOLOR_FORCE (not empty and not 0: colour even
// into a pipe; NO_COLOR still wins). COLUMNS gives the width where out has none
// of its own.
func Detect(out io.Writer, getenv func(string) string) Terminal {
	t := Terminal{Out: out, Width: DefaultWidth}
	if columns, err := strconv.Atoi(getenv("COLUMNS")); err == nil && columns > 0 {
		t.Width = columns
	}
	dumb := getenv("TERM") == "dumb"
	if screen, ok := out.(Screen); ok {
		interactive, width := screen.Screen()
		t.Interactive, t.Color = interactive, interactive && !dumb
		if width > 0 {
			t.Width = width
		}
	}
	if file, ok := out.(*os.File); ok {
		fd := int(file.Fd())
		if term.IsTerminal(fd) {
			t.Interactive = !dumb
			t.Color = !dumb
			if columns, _, err := term.GetSize(fd); err == nil && columns > 0 {
				t.Width = columns
			}
		}
	}
	if force := getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		t.Color = true
	}
	if getenv("NO_COLOR") != "" {
		t.Color = false
	}
	t.Width = max(t.Width, minWidth)
	return t
}

// Palette gives the styles for this terminal; see Palette.
func (t Terminal) Palette() Palette { return NewPalette(t.Color) }
