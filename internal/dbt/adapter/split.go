package adapter

import "strings"

// splitStatements cuts sql at the semicolons between statements: not in quotes,
// dollar quotes or comments. Pieces of nothing but blanks and comments are left out.
func splitStatements(sql string) []string {
	var out []string
	start, solid := 0, false
	flush := func(end int) {
		if solid {
			out = append(out, strings.TrimSpace(sql[start:end]))
		}
		start, solid = end+1, false
	}
	for i := 0; i < len(sql); {
		rest := sql[i:]
		switch c := rest[0]; {
		case c == ';':
			flush(i)
			i++
		case c == '\'' || c == '"':
			solid = true
			i += skipQuoted(rest, c)
		case strings.HasPrefix(rest, "--"):
			i += until(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			i += 2 + until(rest[2:], "*/")
		case c == '$':
			solid = true
			i += skipDollar(rest)
		default:
			if !strings.ContainsRune(" \t\r\n\f\v", rune(c)) {
				solid = true
			}
			i++
		}
	}
	flush(len(sql))
	return out
}

// skipQuoted gives the length of the quoted text at the start of s. A doubled
// quote reads as two texts side by side, which comes to the same.
func skipQuoted(s string, quote byte) int {
	if end := strings.IndexByte(s[1:], quote); end >= 0 {
		return end + 2
	}
	return len(s)
}

// until gives the length of s up to and with mark, all of it when mark is missing.
func until(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}

// skipDollar gives the length of a $tag$...$tag$ text at the start of s, or 1
// for a plain dollar sign.
func skipDollar(s string) int {
	end := strings.IndexByte(s[1:], '$')
	if end < 0 {
		return 1
	}
	tag := s[:end+2]
	for _, c := range tag[1 : len(tag)-1] {
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return 1
		}
	}
	return len(tag) + until(s[len(tag):], tag)
}
