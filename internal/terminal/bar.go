package terminal

import "strings"

// Bar draws value against most as a bar of up to width columns, in steps of an
// eighth of a column. What is above zero shows at least the thinnest bar, so
// that little does not look like nothing. Values below zero, and a most of zero
// or less, draw nothing.
func Bar(value, most float64, width int) string {
	const eighths = 8
	if !(value > 0) || !(most > 0) || width <= 0 {
		return ""
	}
	full := width * eighths
	units := full
	if value < most {
		units = max(1, int(value/most*float64(full)+0.5))
	}
	rest := []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}[units%eighths]
	return strings.Repeat("█", units/eighths) + rest
}
