// Command picture turns what a command printed in colour into an SVG for the
// documentation:
//
//	CLICOLOR_FORCE=1 COLUMNS=96 bin/kith demo | go run ./scripts/picture > docs/demo.svg
//
// It understands the sequences that package terminal writes: bold, faint, and
// the eight colours for text and background.
package main

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Sizes in pixels, for a 14-pixel typewriter face.
const (
	cellWidth  = 8.4
	cellHeight = 19.0
	margin     = 18.0
)

func main() {
	if err := draw(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

// style is how a run of characters looks.
type style struct {
	bold, faint bool
	fore, back  string
}

// colors are those of sequences 30 to 37 and 40 to 47, on a dark ground.
func colors() [8]string {
	return [...]string{"#1b1f27", "#f07178", "#a6d189", "#e5c07b", "#82aaff", "#c792ea", "#6fc7d8", "#d7dae0"}
}

func draw(in io.Reader, out io.Writer) error {
	var body strings.Builder
	widest, row := 0, 0
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		row++
		widest = max(widest, ansi.StringWidth(lines.Text()))
		drawLine(&body, lines.Text(), margin+float64(row)*cellHeight)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the text: %w", err)
	}
	width, height := 2*margin+float64(widest)*cellWidth, 2*margin+float64(row)*cellHeight
	_, err := fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" role="img">
<title>Output of kith demo</title>
<rect width="100%%" height="100%%" rx="10" fill="#1b1f27"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
%s</g>
</svg>
`, width, height, width, height, body.String())
	if err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}

// drawLine writes each run of one style at its own place and with its own
// length, so that columns stay aligned in whatever face the reader has.
func drawLine(body *strings.Builder, line string, y float64) {
	var now style
	column := 0
	for line != "" {
		if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
			codes, after, _ := strings.Cut(rest, "m")
			now = now.with(codes)
			line = after
			continue
		}
		run := line
		if i := strings.IndexByte(line, '\x1b'); i >= 0 {
			run = line[:i]
		}
		line = line[len(run):]
		drawRun(body, now, run, column, y)
		column += ansi.StringWidth(run)
	}
}

func drawRun(body *strings.Builder, s style, run string, column int, y float64) {
	width := float64(ansi.StringWidth(run)) * cellWidth
	x := margin + float64(column)*cellWidth
	if s.back != "" {
		fmt.Fprintf(body, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n",
			x, y-cellHeight+5, width, cellHeight, s.back)
	}
	if strings.TrimSpace(run) == "" {
		return
	}
	fill, more := s.fore, ""
	if fill == "" {
		fill = colors()[7]
	}
	if s.bold {
		more += ` font-weight="bold"`
	}
	if s.faint {
		more += ` opacity="0.6"`
	}
	fmt.Fprintf(body, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
		x, y, width, fill, more, html.EscapeString(run))
}

// with gives the style after a sequence such as 1;30;43.
func (s style) with(codes string) style {
	for code := range strings.SplitSeq(codes, ";") {
		switch {
		case code == "" || code == "0":
			s = style{}
		case code == "1":
			s.bold = true
		case code == "2":
			s.faint = true
		case len(code) == 2 && code[0] == '3' && code[1] <= '7':
			s.fore = colors()[code[1]-'0']
		case len(code) == 2 && code[0] == '4' && code[1] <= '7':
			s.back = colors()[code[1]-'0']
		}
	}
	return s
}
