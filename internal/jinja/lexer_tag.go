package jinja

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// syntaxError is a fault in the source at a byte offset.
type syntaxError struct {
	pos  int
	msg  string
	hint string
}

// Error gives the message without a place.
func (e *syntaxError) Error() string { return e.msg }

// nextInTag reads one token between the delimiters of a tag.
func (l *lexer) nextInTag() (token, error) {
	l.skipSpace()
	if l.pos >= l.end {
		what, want := "tag", "%}"
		if l.isVar {
			what, want = "print statement", "}}"
		}
		if n := len(l.balance); n > 0 {
			return token{}, &syntaxError{pos: l.opened, msg: fmt.Sprintf("unexpected end of template, expected '%c'", l.balance[n-1])}
		}
		return token{}, &syntaxError{pos: l.opened, msg: "this " + what + " is not closed", hint: "add " + want}
	}
	if len(l.balance) == 0 {
		if t, ok := l.tagEnd(); ok {
			return t, nil
		}
	}
	start := l.pos
	c := l.src[start]
	switch {
	case c >= '0' && c <= '9':
		return l.number()
	case c == '\'' || c == '"':
		return l.str(c)
	case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf:
		if end := l.nameEnd(start); end > start {
			l.pos = end
			return token{kind: tokName, pos: start, end: end, val: l.src[start:end]}, nil
		}
	}
	return l.operatorToken()
}

// tagEnd matches the end of the tag being read, with its whitespace control.
func (l *lexer) tagEnd() (token, bool) {
	p, strip := l.pos, false
	switch l.src[p] {
	case '-':
		strip = true
		p++
	case '+':
		if l.isVar {
			return token{}, false
		}
		p++
	}
	want, kind := "%}", tokBlockEnd
	if l.isVar {
		want, kind = "}}", tokVarEnd
	}
	if !strings.HasPrefix(l.src[p:l.end], want) {
		return token{}, false
	}
	t := token{kind: kind, pos: l.pos, end: p + 2}
	l.pos, l.strip, l.inTag = p+2, strip, false
	return t, true
}

// nameEnd gives the offset behind the identifier at p, or p without one.
func (l *lexer) nameEnd(p int) int {
	for p < l.end {
		c := l.src[p]
		if c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			p++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(l.src[p:l.end])
		if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Mc, r) {
			break
		}
		p += n
	}
	return p
}

// str reads a quoted string.
func (l *lexer) str(quote byte) (token, error) {
	start := l.pos
	for p := start + 1; p < l.end; p++ {
		switch l.src[p] {
		case '\\':
			p++
		case quote:
			l.pos = p + 1
			return token{kind: tokString, pos: start, end: p + 1, val: l.src[start+1 : p]}, nil
		}
	}
	return token{}, &syntaxError{pos: start, msg: "this string is not closed", hint: "add " + string(rune(quote))}
}

// digits reads digits with single underscores between them.
func (l *lexer) digits(p int, ok func(byte) bool) int {
	for p < l.end {
		switch {
		case ok(l.src[p]):
			p++
		case l.src[p] == '_' && p+1 < l.end && ok(l.src[p+1]):
			p += 2
		default:
			return p
		}
	}
	return p
}

func isDecimal(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool {
	return isDecimal(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
func isOctal(c byte) bool  { return c >= '0' && c <= '7' }
func isBinary(c byte) bool { return c == '0' || c == '1' }

// number reads an integer or a float. As in Jinja a float does not begin behind
// a dot, so that x.0.1 reads as two items.
func (l *lexer) number() (token, error) {
	start := l.pos
	intEnd := l.digits(start, isDecimal)
	if start == 0 || l.src[start-1] != '.' {
		p := intEnd
		if p+1 < l.end && l.src[p] == '.' && isDecimal(l.src[p+1]) {
			p = l.digits(p+1, isDecimal)
		}
		if e := l.exponent(p); e > p {
			p = e
		}
		if p > intEnd {
			l.pos = p
			return token{kind: tokFloat, pos: start, end: p, val: l.src[start:p]}, nil
		}
	}
	end := intEnd
	if l.src[start] == '0' {
		end = l.digits(start, func(c byte) bool { return c == '0' })
		if start+2 < l.end {
			radix := map[byte]func(byte) bool{'x': isHex, 'o': isOctal, 'b': isBinary}[l.src[start+1]|0x20]
			if radix != nil {
				if p := l.digits(start+2, radix); p > start+2 {
					end = p
				}
			}
		}
	}
	l.pos = end
	return token{kind: tokInt, pos: start, end: end, val: l.src[start:end]}, nil
}

// exponent gives the offset behind an exponent at p, or p without one.
func (l *lexer) exponent(p int) int {
	if p >= l.end || l.src[p]|0x20 != 'e' {
		return p
	}
	q := p + 1
	if q < l.end && (l.src[q] == '+' || l.src[q] == '-') {
		q++
	}
	if q >= l.end || !isDecimal(l.src[q]) {
		return p
	}
	return l.digits(q, isDecimal)
}

// operatorToken reads an operator and keeps the brackets balanced.
func (l *lexer) operatorToken() (token, error) {
	start := l.pos
	kind, n := operatorAt(l.src[start:l.end])
	if n == 0 {
		r, _ := utf8.DecodeRuneInString(l.src[start:l.end])
		return token{}, &syntaxError{pos: start, msg: fmt.Sprintf("unexpected char %s at %d", Repr(string(r)), start)}
	}
	switch kind {
	case tokLBrace:
		l.balance = append(l.balance, '}')
	case tokLParen:
		l.balance = append(l.balance, ')')
	case tokLBracket:
		l.balance = append(l.balance, ']')
	case tokRBrace, tokRParen, tokRBracket:
		due := len(l.balance) - 1
		if due < 0 {
			return token{}, &syntaxError{pos: start, msg: fmt.Sprintf("unexpected '%c'", l.src[start])}
		}
		if l.balance[due] != l.src[start] {
			return token{}, &syntaxError{pos: start, msg: fmt.Sprintf("unexpected '%c', expected '%c'", l.src[start], l.balance[due])}
		}
		l.balance = l.balance[:due]
	default:
	}
	l.pos = start + n
	return token{kind: kind, pos: start, end: l.pos, val: l.src[start:l.pos]}, nil
}

// operatorAt gives the longest operator at the start of s.
func operatorAt(s string) (tokenKind, int) {
	second := byte(0)
	if len(s) > 1 {
		second = s[1]
	}
	pick := func(want byte, long, short tokenKind) (tokenKind, int) {
		if second == want {
			return long, 2
		}
		return short, 1
	}
	switch s[0] {
	case '+':
		return tokAdd, 1
	case '-':
		return tokSub, 1
	case '/':
		return pick('/', tokFloorDiv, tokDiv)
	case '*':
		return pick('*', tokPow, tokMul)
	case '%':
		return tokMod, 1
	case '~':
		return tokTilde, 1
	case '[':
		return tokLBracket, 1
	case ']':
		return tokRBracket, 1
	case '(':
		return tokLParen, 1
	case ')':
		return tokRParen, 1
	case '{':
		return tokLBrace, 1
	case '}':
		return tokRBrace, 1
	case '=':
		return pick('=', tokEq, tokAssign)
	case '!':
		if second == '=' {
			return tokNe, 2
		}
	case '>':
		return pick('=', tokGe, tokGt)
	case '<':
		return pick('=', tokLe, tokLt)
	case '.':
		return tokDot, 1
	case ':':
		return tokColon, 1
	case '|':
		return tokPipe, 1
	case ',':
		return tokComma, 1
	case ';':
		return tokSemicolon, 1
	}
	return tokEOF, 0
}
