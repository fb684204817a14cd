package jinja

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// Block is a top-level block found by ExtractBlocks.
type Block struct {
	Tag       string // as in {% tag name %}
	Name      string // empty when the tag has none
	Inner     string // the source between the tags
	InnerLine int    // the line at which Inner begins
	Line      int    // the line of the opening tag
	Full      string // from the opening to the closing tag
	// InnerOffset and Offset are the byte offsets of Inner and Full.
	InnerOffset int
	Offset      int
}

// ExtractBlocks finds the blocks {% tag name %}…{% endtag %} of the given tags at
// the top level of a source, without parsing what is inside. Text outside them
// may be anything; comments and raw blocks are passed over. A block that is not
// closed, or lies inside another one or inside if or for, is an error.
func ExtractBlocks(name, src string, tags ...string) ([]Block, error) {
	s := blockScanner{name: name, src: src, t: &Template{name: name, src: src, firstLine: 1}, tags: tags}
	return s.scan()
}

type blockScanner struct {
	name string
	src  string
	t    *Template
	tags []string
	open *Block
	ctl  []scannedTag // open if and for
	out  []Block
}

// scannedTag is the head of one tag.
type scannedTag struct {
	word, name string
	pos, end   int
}

func (s *blockScanner) fail(pos int, format string, args ...any) error {
	line, col := s.t.place(pos)
	fe := fault.New(fault.Parse, format, args...).At(s.name, line)
	fe.Column = col
	return fe
}

func (s *blockScanner) scan() ([]Block, error) {
	for pos := 0; ; {
		i := strings.IndexByte(s.src[pos:], '{')
		if i < 0 || pos+i+1 >= len(s.src) {
			break
		}
		pos += i
		switch s.src[pos+1] {
		case '#':
			n := strings.Index(s.src[pos+2:], "#}")
			if n < 0 {
				return nil, s.fail(pos, "this comment is not closed: add #}")
			}
			pos += n + 4
		case '{':
			pos = s.skipPrint(pos)
		case '%':
			tag, ok := s.tag(pos)
			if !ok {
				pos += 2
				continue
			}
			end, err := s.take(tag)
			if err != nil {
				return nil, err
			}
			pos = end
		default:
			pos++
		}
	}
	if s.open != nil {
		return nil, s.fail(s.open.Offset, "the block '%s %s' is not closed: add {%% end%s %%}", s.open.Tag, s.open.Name, s.open.Tag)
	}
	return s.out, nil
}

// skipPrint gives the offset behind {{ ... }}, minding strings. Braces in text
// that close nothing are passed over.
func (s *blockScanner) skipPrint(pos int) int {
	for p := pos + 2; p < len(s.src); p++ {
		switch c := s.src[p]; c {
		case '\'', '"':
			n := closingQuote(s.src[p+1:], c)
			if n < 0 {
				return pos + 2
			}
			p += n + 1
		case '}':
			if p+1 < len(s.src) && s.src[p+1] == '}' {
				return p + 2
			}
		case '{':
			if p+1 < len(s.src) && strings.IndexByte("%#{", s.src[p+1]) >= 0 {
				return pos + 2 // no expression: a tag begins before it is closed
			}
		}
	}
	return pos + 2
}

// closingQuote gives the offset of the quote that ends a string, or -1.
func closingQuote(s string, quote byte) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return i
		}
	}
	return -1
}

// tag reads the tag that opens at pos: its word, its name and its end.
func (s *blockScanner) tag(pos int) (scannedTag, bool) {
	p := pos + 2
	if p < len(s.src) && (s.src[p] == '-' || s.src[p] == '+') {
		p++
	}
	word := func() string {
		p += len(s.src[p:]) - len(strings.TrimLeft(s.src[p:], " \t\r\n"))
		n := 0
		for p+n < len(s.src) && (s.src[p+n] == '_' || isDecimal(s.src[p+n]) && n > 0 || s.src[p+n]|0x20 >= 'a' && s.src[p+n]|0x20 <= 'z') {
			n++
		}
		p += n
		return s.src[p-n : p]
	}
	t := scannedTag{pos: pos, word: word()}
	if t.word == "" {
		return t, false
	}
	t.name = word()
	for ; p < len(s.src); p++ {
		switch c := s.src[p]; c {
		case '\'', '"':
			n := closingQuote(s.src[p+1:], c)
			if n < 0 {
				return t, false
			}
			p += n + 1
		case '%':
			if p+1 < len(s.src) && s.src[p+1] == '}' {
				t.end = p + 2
				return t, true
			}
		}
	}
	return t, false
}

// take handles a tag and gives where to go on.
func (s *blockScanner) take(t scannedTag) (int, error) {
	if t.word == "raw" {
		lex := &lexer{src: s.src, pos: t.end, end: len(s.src)}
		if lex.skipTo("endraw") {
			return lex.pos, nil
		}
		return 0, s.fail(t.pos, "this raw block is not closed: add {%% endraw %%}")
	}
	wanted := false
	for _, tag := range s.tags {
		wanted = wanted || tag == t.word
	}
	switch {
	case s.open != nil && t.word == "end"+s.open.Tag:
		b := *s.open
		b.Inner = s.src[b.InnerOffset:t.pos]
		b.Full = s.src[b.Offset:t.end]
		s.out = append(s.out, b)
		s.open = nil
	case wanted && s.open != nil:
		return 0, s.fail(t.pos, "a %s block cannot stand inside the %s block of line %d", t.word, s.open.Tag, s.open.Line)
	case wanted && len(s.ctl) > 0:
		line, _ := s.t.place(s.ctl[len(s.ctl)-1].pos)
		return 0, s.fail(t.pos, "a %s block must stand at the top level, not inside the %s of line %d", t.word, s.ctl[len(s.ctl)-1].word, line)
	case wanted:
		line, _ := s.t.place(t.pos)
		inner, _ := s.t.place(t.end)
		s.open = &Block{Tag: t.word, Name: t.name, Line: line, Offset: t.pos, InnerOffset: t.end, InnerLine: inner}
	case s.open != nil:
		// The inside of a block is another template's business.
	case t.word == "if" || t.word == "for":
		s.ctl = append(s.ctl, t)
	case (t.word == "endif" || t.word == "endfor") && len(s.ctl) > 0 && s.ctl[len(s.ctl)-1].word == t.word[3:]:
		s.ctl = s.ctl[:len(s.ctl)-1]
	}
	return t.end, nil
}
