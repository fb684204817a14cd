package jinja

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// The functions here follow Unicode's full case mappings, as Python does: one
// letter may become several (ß, ﬁ). ASCII takes the short way.

func upperText(s string) string {
	if isASCII(s) {
		return strings.ToUpper(s)
	}
	return cases.Upper(language.Und).String(s)
}

func lowerText(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return cases.Lower(language.Und).String(s)
}

func caseFold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return cases.Fold().String(s)
}

// titleRune gives a letter as it begins a word.
func titleRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToUpper(r))
	}
	return cases.Title(language.Und, cases.NoLower).String(string(r))
}

func capitalize(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return titleRune(r) + lowerText(s[n:])
}

// titleCase is Python's str.title: a letter behind a non-letter is upper.
func titleCase(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	inWord := false
	for _, r := range s {
		cased := unicode.IsLetter(r)
		switch {
		case !cased:
			b.WriteRune(r)
		case inWord:
			b.WriteString(lowerText(string(r)))
		default:
			b.WriteString(titleRune(r))
		}
		inWord = cased
	}
	return b.String()
}

func swapCase(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			b.WriteString(lowerText(string(r)))
		case unicode.IsLower(r):
			b.WriteString(upperText(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
