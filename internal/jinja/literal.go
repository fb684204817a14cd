package jinja

import (
	"strings"
)

// ParseLiteral reads Python literals as ast.literal_eval does: numbers, strings,
// True, False, None, and lists, tuples, sets and dicts of them. Anything else is
// an error.
func ParseLiteral(src string) (Value, error) {
	trimmed := strings.TrimLeft(src, " \t")
	bad := func() (Value, error) { return nil, valueErrorf("malformed literal: %s", Repr(src)) }
	if trimmed == "" || len(src) > maxLiteral || strings.Contains(src, "%}") || strings.Contains(src, "}}") && !strings.Contains(src, "{") {
		return bad()
	}
	lex := newLexer("{{ " + trimmed + "\n}}")
	p := &parser{lex: lex, tmpl: &Template{src: lex.src, firstLine: 1}}
	p.push(scopeFunction, p.newFunction("", 0))
	if err := p.advance(); err != nil {
		return bad()
	}
	if err := p.advance(); err != nil {
		return bad()
	}
	l := literalReader{p: p}
	v, err := l.tuple()
	if err != nil || p.cur.kind != tokVarEnd || lex.pos != lex.end {
		return bad()
	}
	return v, nil
}

// maxLiteral bounds the text that is tried as a literal.
const maxLiteral = 1 << 20

// literalReader reads literals from the tokens of the template lexer, which are
// Python's but for the missing names.
type literalReader struct{ p *parser }

func (l literalReader) bad() error { return l.p.unexpected() }

// tuple reads one value, or several with commas.
func (l literalReader) tuple() (Value, error) {
	v, err := l.value()
	if err != nil || l.p.cur.kind != tokComma {
		return v, err
	}
	items := Tuple{v}
	for l.p.cur.kind == tokComma {
		if err := l.p.advance(); err != nil {
			return nil, err
		}
		if k := l.p.cur.kind; k == tokRParen || k == tokVarEnd {
			break
		}
		if v, err = l.value(); err != nil {
			return nil, err
		}
		items = append(items, v)
	}
	return items, nil
}

func (l literalReader) value() (Value, error) {
	if err := l.p.enter(); err != nil {
		return nil, err
	}
	defer l.p.leave()
	switch l.p.cur.kind {
	case tokSub, tokAdd:
		neg := l.p.cur.kind == tokSub
		if err := l.p.advance(); err != nil {
			return nil, err
		}
		if k := l.p.cur.kind; k != tokInt && k != tokFloat && k != tokSub && k != tokAdd {
			return nil, l.bad()
		}
		v, err := l.value()
		if err != nil {
			return nil, err
		}
		return signed(v, neg)
	case tokString, tokInt, tokFloat:
		x, err := l.p.primary()
		if err != nil {
			return nil, err
		}
		c, _ := x.(*constExpr)
		return c.val, nil
	case tokName:
		var v Value
		switch l.p.cur.val {
		case "True":
			v = true
		case "False":
			v = false
		case "None":
		default:
			return nil, l.bad()
		}
		return v, l.p.advance()
	case tokLParen:
		return l.parens()
	case tokLBracket:
		if err := l.p.advance(); err != nil {
			return nil, err
		}
		items, err := l.items(nil, tokRBracket)
		return &List{Items: items}, err
	case tokLBrace:
		return l.braces()
	default:
	}
	return nil, l.bad()
}

func (l literalReader) parens() (Value, error) {
	if err := l.p.advance(); err != nil {
		return nil, err
	}
	if l.p.cur.kind == tokRParen {
		return Tuple{}, l.p.advance()
	}
	v, err := l.tuple()
	if err != nil {
		return nil, err
	}
	_, err = l.p.expect(tokRParen)
	return v, err
}

// items reads values up to a closing bracket; some may be read already.
func (l literalReader) items(items []Value, end tokenKind) ([]Value, error) {
	for l.p.cur.kind != end {
		if len(items) > 0 {
			if _, err := l.p.expect(tokComma); err != nil {
				return nil, err
			}
			if l.p.cur.kind == end {
				break
			}
		}
		v, err := l.value()
		if err != nil {
			return nil, err
		}
		items = append(items, v)
	}
	return items, l.p.advance()
}

// braces reads a dict or a set.
func (l literalReader) braces() (Value, error) {
	if err := l.p.advance(); err != nil {
		return nil, err
	}
	d := NewDict()
	for first := true; l.p.cur.kind != tokRBrace; first = false {
		if !first {
			if _, err := l.p.expect(tokComma); err != nil {
				return nil, err
			}
			if l.p.cur.kind == tokRBrace {
				break
			}
		}
		key, err := l.value()
		if err != nil {
			return nil, err
		}
		if first && l.p.cur.kind != tokColon {
			items, err := l.items([]Value{key}, tokRBrace)
			if err != nil {
				return nil, err
			}
			return NewSet(items...)
		}
		if _, err := l.p.expect(tokColon); err != nil {
			return nil, err
		}
		val, err := l.value()
		if err != nil {
			return nil, err
		}
		if err := d.Set(key, val); err != nil {
			return nil, err
		}
	}
	return d, l.p.advance()
}
