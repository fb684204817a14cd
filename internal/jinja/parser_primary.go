package jinja

import (
	"strconv"
	"strings"
)

// primary parses a name, a literal or something in brackets.
func (p *parser) primary() (expr, error) {
	t := p.cur
	switch t.kind {
	case tokName:
		if err := p.advance(); err != nil {
			return nil, err
		}
		switch t.val {
		case "true", "True":
			return &constExpr{true}, nil
		case "false", "False":
			return &constExpr{false}, nil
		case "none", "None":
			return &constExpr{nil}, nil
		}
		return p.load(t), nil
	case tokString:
		return p.stringLiteral()
	case tokInt:
		v, err := intLiteral(t.val)
		if err != nil {
			return nil, p.fail("%s", err.Error())
		}
		return &constExpr{v}, p.advance()
	case tokFloat:
		f, err := strconv.ParseFloat(strings.ReplaceAll(t.val, "_", ""), 64)
		if err != nil && f == 0 {
			return nil, p.fail("invalid number '%s'", t.val)
		}
		return &constExpr{f}, p.advance()
	case tokLParen:
		if err := p.advance(); err != nil {
			return nil, err
		}
		x, err := p.tuple(tupleRules{cond: true, parens: true})
		if err != nil {
			return nil, err
		}
		_, err = p.expect(tokRParen)
		return x, err
	case tokLBracket:
		return p.list()
	case tokLBrace:
		return p.dict()
	default:
	}
	return nil, p.unexpected()
}

// unexpected explains a token that begins no expression.
func (p *parser) unexpected() error {
	switch p.cur.kind {
	case tokVarEnd, tokBlockEnd:
		return p.fail("Expected an expression, got '%s'", p.cur.kind.describe())
	case tokEOF:
		return p.fail("unexpected end of template")
	default:
	}
	return p.fail("unexpected '%s'", p.cur.describe())
}

// load makes a read of a name; link resolves it.
func (p *parser) load(t token) *nameExpr {
	n := &nameExpr{name: t.val, pos: offset(t.pos), slot: -1, scope: p.scope}
	p.names = append(p.names, n)
	return n
}

func (p *parser) stringLiteral() (expr, error) {
	s, err := unescape(p.cur.val)
	if err != nil {
		return nil, p.fail("%s", err.Error())
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.cur.kind != tokString {
		return &constExpr{s}, nil
	}
	var b strings.Builder
	b.WriteString(s)
	for p.cur.kind == tokString {
		if s, err = unescape(p.cur.val); err != nil {
			return nil, p.fail("%s", err.Error())
		}
		b.WriteString(s)
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
	return &constExpr{b.String()}, nil
}

func (p *parser) list() (expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	l := &listExpr{}
	for p.cur.kind != tokRBracket {
		if l.items != nil {
			if _, err := p.expect(tokComma); err != nil {
				return nil, err
			}
		}
		if p.cur.kind == tokRBracket {
			break
		}
		x, err := p.expression(true)
		if err != nil {
			return nil, err
		}
		l.items = append(l.items, x)
	}
	return l, p.advance()
}

func (p *parser) dict() (expr, error) {
	d := &dictExpr{pos: offset(p.cur.pos)}
	if err := p.advance(); err != nil {
		return nil, err
	}
	for p.cur.kind != tokRBrace {
		if d.keys != nil {
			if _, err := p.expect(tokComma); err != nil {
				return nil, err
			}
		}
		if p.cur.kind == tokRBrace {
			break
		}
		key, err := p.expression(true)
		if err != nil {
			return nil, err
		}
		if _, err := p.expect(tokColon); err != nil {
			return nil, err
		}
		val, err := p.expression(true)
		if err != nil {
			return nil, err
		}
		d.keys, d.vals = append(d.keys, key), append(d.vals, val)
	}
	return d, p.advance()
}

// tupleRules say how a list of expressions may look and where it ends.
type tupleRules struct {
	cond      bool   // inline if is allowed
	parens    bool   // inside parentheses, so that () is the empty tuple
	untilName string // also ends before this name
}

// tuple parses one expression, or several with commas as a tuple.
func (p *parser) tuple(r tupleRules) (expr, error) {
	var items []expr
	isTuple := false
	for {
		if items != nil {
			if p.cur.kind != tokComma {
				break
			}
			if err := p.advance(); err != nil {
				return nil, err
			}
			isTuple = true
		}
		if p.tupleEnd(r) {
			break
		}
		x, err := p.expression(r.cond)
		if err != nil {
			return nil, err
		}
		items = append(items, x)
		if p.cur.kind != tokComma {
			break
		}
	}
	if isTuple {
		return &tupleExpr{items: items}, nil
	}
	if items == nil {
		if r.parens {
			return &tupleExpr{}, nil
		}
		return nil, p.unexpected()
	}
	return items[0], nil
}

func (p *parser) tupleEnd(r tupleRules) bool {
	switch p.cur.kind {
	case tokVarEnd, tokBlockEnd, tokRParen:
		return true
	default:
	}
	return r.untilName != "" && p.isName(r.untilName)
}
