package terminal

import "strings"

// Group puts commas between the thousands of a number written in digits, such
// as -1234567.50; anything else comes back as it is.
func Group(number string) string {
	digits := strings.TrimLeft(number, "+-")
	sign := number[:len(number)-len(digits)]
	whole, fraction, found := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return number
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(digit)
	}
	if found {
		b.WriteByte('.')
		b.WriteString(fraction)
	}
	return b.String()
}
