package compile

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// InjectCTEs puts CTEs in front of a statement: into its WITH when it begins
// with one, else as a new WITH before it.
func InjectCTEs(sql string, ctes []manifest.InjectedCTE) string {
	if len(ctes) == 0 {
		return sql
	}
	parts := make([]string, len(ctes))
	for i, c := range ctes {
		parts[i] = c.SQL
	}
	joined := strings.Join(parts, ", ")
	if at := afterWith(sql); at >= 0 {
		return sql[:at] + " " + joined + "," + sql[at:]
	}
	body := strings.TrimLeft(sql, " \t\r\n")
	return sql[:len(sql)-len(body)] + "with" + joined + " " + body
}

// afterWith gives the offset behind the statement's own WITH (and RECURSIVE),
// or -1. The WITH of a subquery or of a CTE does not count, nor does the word in
// a comment or a text.
func afterWith(sql string) int {
	depth := 0
	for i := 0; i < len(sql); {
		switch c := sql[i]; {
		case strings.HasPrefix(sql[i:], "--"):
			i = skipTo(sql, i, "\n")
		case strings.HasPrefix(sql[i:], "/*"):
			i = skipTo(sql, i+2, "*/")
		case c == '\'' || c == '"':
			i = skipTo(sql, i+1, string(c))
		case c == '(':
			depth++
			i++
		case c == ')':
			depth--
			i++
		case wordByte(c):
			end := i
			for end < len(sql) && wordByte(sql[end]) {
				end++
			}
			if depth == 0 && strings.EqualFold(sql[i:end], "with") {
				return afterRecursive(sql, end)
			}
			i = end
		default:
			i++
		}
	}
	return -1
}

func afterRecursive(sql string, at int) int {
	rest := strings.TrimLeft(sql[at:], " \t\r\n")
	const word = "recursive"
	if len(rest) > len(word) && strings.EqualFold(rest[:len(word)], word) && !wordByte(rest[len(word)]) {
		return len(sql) - len(rest) + len(word)
	}
	return at
}

func skipTo(sql string, from int, end string) int {
	if from > len(sql) {
		return len(sql)
	}
	i := strings.Index(sql[from:], end)
	if i < 0 {
		return len(sql)
	}
	return from + i + len(end)
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
