package jinja

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unescape gives the text of a string literal, from the source between its
// quotes. Unknown escapes stay as they are, as in Python.
func unescape(s string) (string, error) {
	s = normalizeNewlines(s)
	if strings.IndexByte(s, '\\') < 0 {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case '\n':
		case '\\', '\'', '"':
			b.WriteByte(c)
		case 'a':
			b.WriteByte('\a')
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'v':
			b.WriteByte('\v')
		case 'x', 'u', 'U':
			n := 2
			switch c {
			case 'u':
				n = 4
			case 'U':
				n = 8
			}
			if i+n >= len(s) {
				return "", valueErrorf("truncated \\%c escape", c)
			}
			code, err := strconv.ParseUint(s[i+1:i+1+n], 16, 32)
			if err != nil || code > utf8.MaxRune {
				return "", valueErrorf("truncated or illegal \\%c escape", c)
			}
			b.WriteRune(rune(code))
			i += n
		case '0', '1', '2', '3', '4', '5', '6', '7':
			end := i + 1
			for end < len(s) && end < i+3 && isOctal(s[end]) {
				end++
			}
			code, err := strconv.ParseUint(s[i:end], 8, 16)
			if err != nil {
				return "", valueErrorf("illegal octal escape")
			}
			b.WriteRune(rune(code))
			i = end - 1
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// intLiteral gives the value of an integer literal.
func intLiteral(s string) (Value, error) {
	s = strings.ReplaceAll(s, "_", "")
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, nil
	}
	if len(s) > maxIntDigits {
		return nil, valueErrorf("Exceeds the limit (%d digits) for integer string conversion", maxIntDigits)
	}
	base := 10
	if len(s) > 1 && s[0] == '0' {
		base = 0
	}
	b, ok := new(big.Int).SetString(s, base)
	if !ok {
		if b, ok = new(big.Int).SetString(s, 10); !ok {
			return nil, valueErrorf("invalid literal for int() with base 10: %s", Repr(s))
		}
	}
	return smallInt(b), nil
}

// maxIntDigits is Python's bound on the digits of an integer read or printed.
const maxIntDigits = 4300
