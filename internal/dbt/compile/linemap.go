package compile

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// LineMap tells from which line of the node's file each line of its compiled
// SQL came.
type LineMap struct {
	// own is the node's SQL without the CTEs of ephemeral parents.
	own string
	// tail is the offset in own behind which such CTEs stand: what follows is
	// found unchanged in every statement made of the SQL.
	tail int
	// lines[i] is the source line of line i+1 of own; zero means unknown.
	lines []int
}

// mapLines aligns compiled lines with the lines of the raw code: lines with the
// same text in the same order stand for each other, and lines between two such
// pairs came from the lines between them.
func mapLines(n *manifest.Node, compiled string) LineMap {
	raw := strings.Split(n.RawCode, "\n")
	out := strings.Split(compiled, "\n")
	m := LineMap{lines: make([]int, len(out)), own: compiled}
	next := 0
	for i, line := range out {
		text := strings.TrimSpace(line)
		if text == "" {
			continue
		}
		for j := next; j < len(raw); j++ {
			if sameShape(strings.TrimSpace(raw[j]), text) {
				m.lines[i] = n.RawLine + j
				next = j + 1
				break
			}
		}
	}
	fillGaps(m.lines)
	return m
}

// sameShape says whether a raw line can have rendered to text: equal, or equal
// in the literal parts around its expressions.
func sameShape(raw, text string) bool {
	if raw == text {
		return true
	}
	open := strings.Index(raw, "{{")
	if open < 0 {
		return false
	}
	end := strings.LastIndex(raw, "}}")
	if end < open {
		return false
	}
	before, after := strings.TrimSpace(raw[:open]), strings.TrimSpace(raw[end+2:])
	if before == "" && after == "" {
		return false
	}
	return len(text) >= len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
}

// fillGaps gives unknown lines the last known line before them.
func fillGaps(lines []int) {
	last := 0
	for i, line := range lines {
		if line == 0 {
			lines[i] = last
		}
		last = lines[i]
	}
}

// line gives the source line of a line of a statement that contains the SQL, and
// whether the statement does contain it.
func (m LineMap) line(statement string, at int) (line int, ok bool) {
	tail := m.own[m.tail:]
	start := strings.Index(statement, tail)
	if tail == "" || start < 0 {
		return 0, false
	}
	inOwn := at - strings.Count(statement[:start], "\n") + strings.Count(m.own[:m.tail], "\n")
	if at == 0 || inOwn < 1 || inOwn > len(m.lines) {
		return 0, true
	}
	return m.lines[inOwn-1], true
}
