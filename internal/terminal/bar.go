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

// Spark draws values as one character each, from the lowest bar for zero or
// less to the highest for the greatest value.
func Spark(values []float64) string {
	steps := []rune("▁▂▃▄▅▆▇█")
	most := 0.0
	for _, v := range values {
		most = max(most, v)
	}
	line := make([]rune, len(values))
	for i, v := range values {
		step := 0
		if v > 0 {
			step = int(v / most * float64(len(steps)-1))
		}
		line[i] = steps[step]
	}
	return string(line)
}
