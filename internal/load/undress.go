package load

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// undressed gives the number in a text such as "€ 1.234,50", "1 234.50 CHF",
// "(12.00)", "12.00-" and "5 %": without a currency's sign or code, without blanks
// and apostrophes between the digits, and with a minus in front. A text that is no
// such number comes back as it is. percent says that a percent sign stood behind.
// What it makes is appended to out.
func undressed(b, out []byte) (number []byte, percent bool) {
	whole := b
	b = trimWide(b)
	negative := false
	if n := len(b); n > 2 && b[0] == '(' && b[n-1] == ')' {
		negative, b = true, trimWide(b[1:n-1])
	}
	if rest, ok := bytes.CutSuffix(b, []byte("%")); ok {
		percent, b = true, trimWide(rest)
	}
	b, minus := withoutMinus(b)
	b = trimWide(withoutCurrency(b))
	if !minus {
		b, minus = withoutMinus(b) // "$-5" and "-5 EUR"
	}
	if negative && minus {
		return whole, false
	}
	if negative || minus {
		out = append(out, '-')
	}
	digitsSeen := false
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',', r == '+' && !digitsSeen, r == 'e', r == 'E', r == '-' && digitsSeen:
			digitsSeen = true
			out = append(out, b[:n]...)
		case digitsSeen && (unicode.IsSpace(r) || r == '\'' || r == '’') && groupFollows(b[n:]):
		default:
			return whole, false
		}
		b = b[n:]
	}
	if len(out) == 0 || len(out) == 1 && out[0] == '-' {
		return whole, false
	}
	return out, percent
}

// groupFollows says whether three digits follow, and no fourth.
func groupFollows(b []byte) bool {
	const size = 3
	return len(b) >= size && digits(b[:size]) && (len(b) == size || b[size] < '0' || b[size] > '9')
}

// withoutMinus drops a minus in front or behind: the hyphen, or the mathematical one.
func withoutMinus(b []byte) ([]byte, bool) {
	for _, sign := range []string{"-", "−"} {
		if rest, ok := bytes.CutPrefix(b, []byte(sign)); ok {
			return trimWide(rest), true
		}
		if rest, ok := bytes.CutSuffix(b, []byte(sign)); ok {
			return trimWide(rest), true
		}
	}
	return b, false
}

// withoutCurrency drops a currency's sign, or its code of three capitals or usual
// abbreviation, at one end.
func withoutCurrency(b []byte) []byte {
	if r, n := utf8.DecodeRune(b); unicode.Is(unicode.Sc, r) {
		return b[n:]
	}
	if r, n := utf8.DecodeLastRune(b); unicode.Is(unicode.Sc, r) {
		return b[:len(b)-n]
	}
	// A code and a sign, as in "US$ 5", is a code of letters in front of the sign.
	front := 0
	for front < len(b) && isLetter(b[front]) {
		front++
	}
	if front > 0 && front <= 3 {
		rest := b[front:]
		if r, n := utf8.DecodeRune(rest); unicode.Is(unicode.Sc, r) {
			return rest[n:]
		}
		if front == 3 || front == 2 && (b[1]|0x20 == 'r' || b[1]|0x20 == 't') { // kr, Kr, Ft
			return rest
		}
	}
	back := len(b)
	for back > 0 && isLetter(b[back-1]) {
		back--
	}
	if n := len(b) - back; n == 3 || n == 2 && (b[len(b)-1]|0x20 == 'r' || b[len(b)-1]|0x20 == 't') {
		return b[:back]
	}
	return b
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// trimWide drops blanks at both ends, those of Unicode too.
func trimWide(b []byte) []byte { return bytes.TrimFunc(b, unicode.IsSpace) }
