package graph

import "strings"

// glob says whether all of name matches pattern as Python's fnmatch does: "*" is
// any text, "?" one character, "[abc]", "[a-z]" and "[!a]" one of a set. There
// is no escape, and a "[" that nothing closes stands for itself. It takes time
// in proportion to both lengths multiplied, whatever the pattern.
func glob(pattern, name string) bool {
	if !strings.ContainsAny(pattern, "*?[") {
		return pattern == name
	}
	p, s := []rune(pattern), []rune(name)
	pi, si := 0, 0
	starP, starS := -1, 0 // where to go on when the text after a star doesn't fit
	for si < len(s) {
		if pi < len(p) && p[pi] == '*' {
			starP, starS = pi, si
			pi++
			continue
		}
		if pi < len(p) {
			if ok, width := matchOne(p[pi:], s[si]); ok {
				pi += width
				si++
				continue
			}
		}
		if starP < 0 {
			return false
		}
		starS++
		pi, si = starP+1, starS
	}
	for pi < len(p) && p[pi] == '*' {
		pi++
	}
	return pi == len(p)
}

// matchOne matches the first element of p against r and gives the element's width.
func matchOne(p []rune, r rune) (ok bool, width int) {
	switch p[0] {
	case '?':
		return true, 1
	case '[':
		end := classEnd(p)
		if end < 0 {
			return r == '[', 1
		}
		return inClass(p[1:end], r), end + 1
	}
	return p[0] == r, 1
}

// classEnd gives the index of the "]" that closes the class p starts with, or -1.
// A "]" right after the opening, or after its "!", is a member.
func classEnd(p []rune) int {
	at := 1
	if at < len(p) && p[at] == '!' {
		at++
	}
	if at < len(p) && p[at] == ']' {
		at++
	}
	for at < len(p) && p[at] != ']' {
		at++
	}
	if at >= len(p) {
		return -1
	}
	return at
}

func inClass(class []rune, r rune) bool {
	negated := class[0] == '!'
	if negated {
		class = class[1:]
	}
	found := false
	for k := 0; k < len(class); k++ {
		if k+2 < len(class) && class[k+1] == '-' {
			found = found || class[k] <= r && r <= class[k+2]
			k += 2
			continue
		}
		found = found || class[k] == r
	}
	return found != negated
}

// hasWildcard says whether part is a pattern.
func hasWildcard(part string) bool { return strings.ContainsAny(part, "*?[]") }
