package jinja

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexer cuts a template into tokens on demand. Outside tags it yields text with
// whitespace control already applied; inside tags it yields names, literals and
// operators and drops whitespace.
type lexer struct {
	src     string
	pos     int
	end     int // len(src) without one trailing newline
	hasCR   bool
	strip   bool   // the previous tag ended in "-": drop leading space of the text
	inTag   bool   // inside {{ }} or {% %}
	isVar   bool   // inside {{ }}
	opened  int    // offset of the tag being read
	balance []byte // closing brackets that are due
	pending token  // a begin token found behind text
	hasPend bool
}

func newLexer(src string) *lexer {
	end := len(src)
	switch {
	case strings.HasSuffix(src, "\r\n"):
		end -= 2
	case strings.HasSuffix(src, "\n"), strings.HasSuffix(src, "\r"):
		end--
	}
	return &lexer{src: src, end: end, hasCR: strings.IndexByte(src, '\r') >= 0}
}

// next gives the next token. A malformed source gives a *syntaxError.
func (l *lexer) next() (token, error) {
	if l.hasPend {
		l.hasPend = false
		return l.enter(l.pending), nil
	}
	if l.inTag {
		return l.nextInTag()
	}
	return l.nextData()
}

// enter switches to tag mode behind a begin token.
func (l *lexer) enter(t token) token {
	l.inTag, l.isVar, l.opened = true, t.kind == tokVarBegin, t.pos
	l.balance = l.balance[:0]
	l.pos = t.end
	return t
}

// nextData reads text up to the next tag. Comments are skipped and raw blocks
// become text, so that one call may pass several of them.
func (l *lexer) nextData() (token, error) {
	for {
		if l.strip {
			l.skipSpace()
			l.strip = false
		}
		start := l.pos
		open := l.findOpen(start)
		if open < 0 {
			l.pos = l.end
			if start >= l.end {
				return token{kind: tokEOF, pos: l.end, end: l.end}, nil
			}
			return l.data(start, l.end), nil
		}
		textEnd, after := open, open+2
		if after < l.end {
			switch l.src[after] {
			case '-':
				after++
				textEnd = start + len(strings.TrimRightFunc(l.src[start:open], unicode.IsSpace))
			case '+':
				after++
			}
		}
		var begin token
		switch l.src[open+1] {
		case '#':
			if err := l.skipComment(open); err != nil {
				return token{}, err
			}
		case '{':
			begin = token{kind: tokVarBegin, pos: open, end: after}
		default:
			if bodyStart, strip, ok := l.tagNamed(open, "raw"); ok {
				return l.raw(start, textEnd, open, bodyStart, strip)
			}
			begin = token{kind: tokBlockBegin, pos: open, end: after}
		}
		switch {
		case begin.kind == tokEOF && textEnd == start:
			continue
		case begin.kind == tokEOF:
			return l.data(start, textEnd), nil
		case textEnd == start:
			return l.enter(begin), nil
		}
		l.pending, l.hasPend = begin, true
		return l.data(start, textEnd), nil
	}
}

// findOpen gives the offset of the next "{{", "{%" or "{#", or -1.
func (l *lexer) findOpen(from int) int {
	for {
		i := strings.IndexByte(l.src[from:l.end], '{')
		if i < 0 || from+i+1 >= l.end {
			return -1
		}
		from += i
		switch l.src[from+1] {
		case '{', '%', '#':
			return from
		}
		from++
	}
}

func (l *lexer) data(from, to int) token {
	val := l.src[from:to]
	if l.hasCR {
		val = normalizeNewlines(val)
	}
	return token{kind: tokData, pos: from, end: to, val: val}
}

func normalizeNewlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func (l *lexer) skipSpace() {
	for l.pos < l.end {
		r, n := utf8.DecodeRuneInString(l.src[l.pos:l.end])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += n
	}
}

// skipComment moves behind the comment that opens at open.
func (l *lexer) skipComment(open int) error {
	i := strings.Index(l.src[open+2:l.end], "#}")
	if i < 0 {
		return &syntaxError{pos: open, msg: "Missing end of comment tag"}
	}
	end := open + 2 + i
	l.strip = i > 0 && l.src[end-1] == '-'
	l.pos = end + 2
	return nil
}

// tagNamed matches a block tag that holds nothing but name, and gives where the
// text behind it begins and whether that text loses its leading space.
func (l *lexer) tagNamed(open int, name string) (after int, strip, ok bool) {
	p := open + 2
	if p < l.end && (l.src[p] == '-' || l.src[p] == '+') {
		p++
	}
	p = l.spaceFrom(p)
	if !strings.HasPrefix(l.src[p:l.end], name) {
		return 0, false, false
	}
	p = l.spaceFrom(p + len(name))
	if p < l.end && (l.src[p] == '-' || l.src[p] == '+') {
		strip = l.src[p] == '-'
		p++
	}
	if !strings.HasPrefix(l.src[p:l.end], "%}") {
		return 0, false, false
	}
	return p + 2, strip, true
}

func (l *lexer) spaceFrom(p int) int {
	for p < l.end {
		r, n := utf8.DecodeRuneInString(l.src[p:l.end])
		if !unicode.IsSpace(r) {
			break
		}
		p += n
	}
	return p
}

// raw reads a raw block and gives its text together with the text before it.
func (l *lexer) raw(start, textEnd, open, body int, strip bool) (token, error) {
	for p := body; ; p += 2 {
		i := strings.Index(l.src[p:l.end], "{%")
		if i < 0 {
			return token{}, &syntaxError{pos: open, msg: "Missing end of raw directive"}
		}
		p += i
		after, stripAfter, ok := l.tagNamed(p, "endraw")
		if !ok {
			continue
		}
		text := l.src[body:p]
		if strip {
			text = strings.TrimLeftFunc(text, unicode.IsSpace)
		}
		if l.src[p+2] == '-' {
			text = strings.TrimRightFunc(text, unicode.IsSpace)
		}
		t := token{kind: tokData, pos: start, end: after, val: l.src[start:textEnd] + text}
		if l.hasCR {
			t.val = normalizeNewlines(t.val)
		}
		l.pos, l.strip = after, stripAfter
		return t, nil
	}
}

// skipTo moves behind the closing tag named end. It serves blocks whose inside is
// not template text.
func (l *lexer) skipTo(end string) bool {
	for p := l.pos; ; p += 2 {
		i := strings.Index(l.src[p:l.end], "{%")
		if i < 0 {
			return false
		}
		p += i
		if after, strip, ok := l.tagNamed(p, end); ok {
			l.pos, l.strip = after, strip
			return true
		}
	}
}
