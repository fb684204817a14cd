package duckdb

import "strings"

// split cuts a text into its statements, each with blanks in front so that it
// stands on the line and column that it has in the text.
func split(sql string) []string {
	var parts []string
	start := 0
	add := func(end int) {
		if part := sql[start:end]; strings.TrimSpace(part) != "" {
			parts = append(parts, blank(sql[:start])+part)
		}
		start = end + 1
	}
	for i := 0; i < len(sql); {
		if n := quoted(sql[i:]); n > 0 {
			i += n
			continue
		}
		if sql[i] == ';' {
			add(i)
		}
		i++
	}
	if start < len(sql) {
		add(len(sql))
	}
	return parts
}

// quoted gives the length of the string, quoted name or comment that s begins
// with, and 0 where it begins with none.
func quoted(s string) int {
	closed := func(open, end string) int {
		if at := strings.Index(s[len(open):], end); at >= 0 {
			return len(open) + at + len(end)
		}
		return len(s)
	}
	switch {
	case s[0] == '\'' || s[0] == '"':
		return closed(s[:1], s[:1]) // a doubled quote is two strings in a row
	case strings.HasPrefix(s, "--"):
		return closed("--", "\n")
	case strings.HasPrefix(s, "/*"):
		return closed("/*", "*/")
	case s[0] == '$':
		if tag := dollarTag(s); tag != "" {
			return closed(tag, tag)
		}
	}
	return 0
}

// dollarTag gives the $tag$ that s begins with. $1 is a parameter, not a tag.
func dollarTag(s string) string {
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '$':
			return s[:i+1]
		case c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || i > 1 && c >= '0' && c <= '9':
		default:
			return ""
		}
	}
	return ""
}

func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}, s)
}
