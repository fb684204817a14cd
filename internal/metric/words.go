package metric

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// labelOf makes a label of a name: net_revenue is "Net revenue".
func labelOf(name string) string {
	s := strings.ReplaceAll(name, "_", " ")
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// listed joins words: "a, b or c".
func listed[T ~string](words []T) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(string(w))
	}
	return b.String()
}
