package terminal

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Palette styles text by what it means. Its colours are the sixteen that every
// terminal has and its theme decides on, so they stay readable on light and
// dark. Without colour each method gives the text back as it is.
type Palette struct{ on bool }

// NewPalette gives a palette, one without any effect when on is false.
func NewPalette(on bool) Palette { return Palette{on: on} }

// Bold is for headings and totals.
func (p Palette) Bold(text string) string { return p.render(text, lipgloss.NewStyle().Bold(true)) }

// Dim is for what explains and may be skipped.
func (p Palette) Dim(text string) string { return p.render(text, lipgloss.NewStyle().Faint(true)) }

// Accent is for names and figures that the eye should find.
func (p Palette) Accent(text string) string { return p.paint(text, lipgloss.Cyan) }

// Good is for what went well.
func (p Palette) Good(text string) string { return p.paint(text, lipgloss.Green) }

// Warn is for what wants a look.
func (p Palette) Warn(text string) string { return p.paint(text, lipgloss.Yellow) }

// Bad is for errors and losses.
func (p Palette) Bad(text string) string { return p.paint(text, lipgloss.Red) }

// Badge is for a word in a box of its own. Without colour it stands in brackets.
func (p Palette) Badge(text string) string {
	if !p.on {
		return "[" + text + "]"
	}
	return lipgloss.NewStyle().Bold(true).Padding(0, 1).
		Foreground(lipgloss.Black).Background(lipgloss.Yellow).Render(text)
}

func (p Palette) paint(text string, c color.Color) string {
	return p.render(text, lipgloss.NewStyle().Foreground(c))
}

func (p Palette) render(text string, style lipgloss.Style) string {
	if !p.on || text == "" {
		return text
	}
	return style.Render(text)
}
