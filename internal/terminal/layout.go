package terminal

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Columns gives how many columns text takes, styling not counted.
func Columns(text string) int { return lipgloss.Width(text) }

// Left fills text with spaces to width, and cuts what is longer with an ellipsis.
func Left(text string, width int) string {
	text = Clip(text, width)
	return text + strings.Repeat(" ", max(0, width-Columns(text)))
}

// Right is Left for numbers: the spaces come first.
func Right(text string, width int) string {
	text = Clip(text, width)
	return strings.Repeat(" ", max(0, width-Columns(text))) + text
}

// Clip cuts text to width columns; an ellipsis says that something is missing.
func Clip(text string, width int) string { return ansi.Truncate(text, max(0, width), "…") }
