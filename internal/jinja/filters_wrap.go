package jinja

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// filterWordWrap wraps each line of a text as Python's textwrap does, keeping
// its white space.
func filterWordWrap(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_wordwrap", Opt("width", int64(79)), Opt("break_long_words", true), Opt("wrapstring", nil), Opt("break_on_hyphens", true))
	if err != nil {
		return nil, err
	}
	s, ok := textOf(v)
	if !ok {
		return nil, notText(v, "'%s' object has no attribute 'splitlines'")
	}
	width, ok := asIndex(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	if width <= 0 {
		return nil, valueErrorf("invalid width %d (must be > 0)", width)
	}
	sep := "\n"
	if a[2] != nil {
		if sep, err = rt.str(a[2]); err != nil {
			return nil, err
		}
	}
	lines, err := splitLines(rt, s)
	if err != nil {
		return nil, err
	}
	if err := rt.reserve(len(s) * (1 + len(sep))); err != nil {
		return nil, err
	}
	w := wrapper{width: int(min(width, 1<<30)), breakLong: Truth(a[1]), hyphens: Truth(a[3])}
	wrapped := make([]string, len(lines))
	for i, line := range lines {
		wrapped[i] = strings.Join(w.wrap(line), sep)
	}
	return strings.Join(wrapped, sep), nil
}

// wrapper is textwrap.TextWrapper with expand_tabs and replace_whitespace off.
type wrapper struct {
	width     int
	breakLong bool
	hyphens   bool
}

// chunks cuts a line into words, parts of hyphenated words, and white space.
func (w *wrapper) chunks(s string) []string {
	var out []string
	isSpace := func(r rune) bool { return strings.ContainsRune("\t\n\v\f\r ", r) }
	for s != "" {
		i := strings.IndexFunc(s, isSpace)
		if i == 0 {
			i = strings.IndexFunc(s, func(r rune) bool { return !isSpace(r) })
			if i < 0 {
				i = len(s)
			}
			out = append(out, s[:i])
		} else {
			if i < 0 {
				i = len(s)
			}
			out = append(out, w.hyphenated(s[:i])...)
		}
		s = s[i:]
	}
	return out
}

// hyphenated cuts a word behind hyphens that stand between letters.
func (w *wrapper) hyphenated(word string) []string {
	if !w.hyphens {
		return []string{word}
	}
	var out []string
	runes := []rune(word)
	start := 0
	letter := func(i int) bool { return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || runes[i] == '_') }
	for i := 1; i+2 < len(runes)+0; i++ {
		if runes[i] == '-' && i-start >= 2 && letter(i-1) && letter(i-2) && letter(i+1) && letter(i+2) {
			out = append(out, string(runes[start:i+1]))
			start = i + 1
		}
	}
	return append(out, string(runes[start:]))
}

func (w *wrapper) wrap(s string) []string {
	chunks := w.chunks(s)
	var lines []string
	for len(chunks) > 0 {
		var line []string
		size := 0
		if len(lines) > 0 && strings.TrimSpace(chunks[0]) == "" {
			chunks = chunks[1:]
		}
		for len(chunks) > 0 {
			n := utf8.RuneCountInString(chunks[0])
			if size+n > w.width {
				break
			}
			line = append(line, chunks[0])
			size += n
			chunks = chunks[1:]
		}
		if len(chunks) > 0 && utf8.RuneCountInString(chunks[0]) > w.width {
			if room := max(w.width-size, 1); w.breakLong {
				cut := runeOffset(chunks[0], room)
				line = append(line, chunks[0][:cut])
				chunks[0] = chunks[0][cut:]
			} else if len(line) == 0 {
				line = append(line, chunks[0])
				chunks = chunks[1:]
			}
		}
		if n := len(line); n > 0 && strings.TrimSpace(line[n-1]) == "" {
			line = line[:n-1]
		}
		if len(line) > 0 {
			lines = append(lines, strings.Join(line, ""))
		}
	}
	return lines
}
