package jinja

import "strings"

// postfix parses what follows a primary: attributes, items, calls, and with
// withFilter also filters and tests.
func (p *parser) postfix(x expr, withFilter bool) (expr, error) {
	var err error
	for n := 0; ; n++ {
		if err := p.chain(n); err != nil {
			return nil, err
		}
		switch p.cur.kind {
		case tokDot:
			x, err = p.attribute(x)
		case tokLBracket:
			x, err = p.subscript(x)
		case tokLParen:
			x, err = p.call(x)
		case tokPipe:
			if !withFilter {
				return x, nil
			}
			x, err = p.filter(x)
		case tokName:
			if !withFilter || p.cur.val != "is" {
				return x, nil
			}
			x, err = p.test(x)
		default:
			return x, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func (p *parser) attribute(x expr) (expr, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	t := p.cur
	switch t.kind {
	case tokName:
		return &attrExpr{x: x, name: t.val, pos: offset(pos)}, p.advance()
	case tokInt:
		v, err := intLiteral(t.val)
		if err != nil {
			return nil, p.fail("%s", err.Error())
		}
		return &itemExpr{x: x, key: &constExpr{v}, pos: offset(pos)}, p.advance()
	default:
	}
	return nil, p.fail("expected name or number")
}

func (p *parser) subscript(x expr) (expr, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	var keys []expr
	var slice *sliceExpr
	comma := false
	for p.cur.kind != tokRBracket {
		if keys != nil || slice != nil {
			if _, err := p.expect(tokComma); err != nil {
				return nil, err
			}
			comma = true
			if p.cur.kind == tokRBracket {
				return nil, p.unexpected()
			}
		}
		key, s, err := p.subscripted()
		if err != nil {
			return nil, err
		}
		if s != nil {
			slice = s
		} else {
			keys = append(keys, key)
		}
	}
	switch {
	case slice != nil && (comma || keys != nil):
		return nil, p.fail("a slice cannot be one of several subscripts")
	case slice != nil:
		slice.x, slice.pos = x, offset(pos)
		return slice, p.advance()
	case keys == nil:
		return nil, p.fail("expected subscript expression")
	}
	key := keys[0]
	if comma {
		key = &tupleExpr{items: keys}
	}
	return &itemExpr{x: x, key: key, pos: offset(pos)}, p.advance()
}

// subscripted parses an index or a slice.
func (p *parser) subscripted() (expr, *sliceExpr, error) {
	var parts [3]expr
	n, colons := 0, 0
	for {
		switch p.cur.kind {
		case tokColon:
			if colons == 2 {
				return nil, nil, p.unexpected()
			}
			colons++
			n = colons
			if err := p.advance(); err != nil {
				return nil, nil, err
			}
			continue
		case tokRBracket, tokComma:
			if colons == 0 {
				if parts[0] == nil {
					return nil, nil, p.unexpected()
				}
				return parts[0], nil, nil
			}
			return nil, &sliceExpr{start: parts[0], stop: parts[1], step: parts[2]}, nil
		default:
		}
		if parts[n] != nil {
			_, err := p.expect(tokRBracket)
			return nil, nil, err
		}
		x, err := p.expression(true)
		if err != nil {
			return nil, nil, err
		}
		parts[n] = x
	}
}

func (p *parser) call(fn expr) (expr, error) {
	c := &callExpr{fn: fn, pos: offset(p.cur.pos)}
	p.noteCall(c)
	var err error
	c.args, err = p.arguments()
	return c, err
}

// arguments parses (a, *b, c=d, **e).
func (p *parser) arguments() (callArgs, error) {
	var a callArgs
	if _, err := p.expect(tokLParen); err != nil {
		return a, err
	}
	for first := true; p.cur.kind != tokRParen; first = false {
		if !first {
			if _, err := p.expect(tokComma); err != nil {
				return a, err
			}
			if p.cur.kind == tokRParen {
				break
			}
		}
		if err := p.argument(&a); err != nil {
			return a, err
		}
	}
	return a, p.advance()
}

func (p *parser) argument(a *callArgs) error {
	var err error
	bad := func() error { return p.fail("invalid syntax for function call expression") }
	switch p.cur.kind {
	case tokMul:
		if a.star != nil || a.kwStar != nil {
			return bad()
		}
		if err := p.advance(); err != nil {
			return err
		}
		a.star, err = p.expression(true)
		return err
	case tokPow:
		if a.kwStar != nil {
			return bad()
		}
		if err := p.advance(); err != nil {
			return err
		}
		a.kwStar, err = p.expression(true)
		return err
	case tokName:
		next, err := p.peek()
		if err != nil {
			return err
		}
		if next.kind == tokAssign {
			if a.kwStar != nil {
				return bad()
			}
			name := p.cur.val
			for i := range a.kw {
				if a.kw[i].name == name {
					return p.fail("keyword argument repeated: %s", name)
				}
			}
			if err := p.advance(); err != nil {
				return err
			}
			if err := p.advance(); err != nil {
				return err
			}
			from := p.cur.pos
			val, err := p.expression(true)
			if err != nil {
				return err
			}
			a.kw = append(a.kw, kwExpr{name: name, val: val, src: p.tmpl.src[from:p.cur.pos]})
			return nil
		}
	default:
	}
	if a.star != nil || a.kwStar != nil || a.kw != nil {
		return bad()
	}
	x, err := p.expression(true)
	a.pos = append(a.pos, x)
	return err
}

// dottedName parses a.b.c, as filters and tests are named.
func (p *parser) dottedName() (string, error) {
	t, err := p.expect(tokName)
	if err != nil {
		return "", err
	}
	name := t.val
	var nameSb230 strings.Builder
	for p.cur.kind == tokDot {
		if err := p.advance(); err != nil {
			return "", err
		}
		if t, err = p.expect(tokName); err != nil {
			return "", err
		}
		nameSb230.WriteString("." + t.val)
	}
	name += nameSb230.String()
	return name, nil
}

// filter parses | name(args).
func (p *parser) filter(x expr) (expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	return p.filterNamed(x)
}

func (p *parser) filterNamed(x expr) (*filterExpr, error) {
	pos := p.cur.pos
	name, err := p.dottedName()
	if err != nil {
		return nil, err
	}
	f := &filterExpr{x: x, name: name, fn: builtinFilter(name), pos: offset(pos)}
	if f.fn == nil {
		p.unknown = append(p.unknown, &syntaxError{pos: pos, msg: "No filter named '" + name + "'."})
	}
	if p.cur.kind == tokLParen {
		if f.args, err = p.arguments(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// test parses is [not] name args, where a single argument needs no brackets.
func (p *parser) test(x expr) (expr, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	neg, err := p.skipName("not")
	if err != nil {
		return nil, err
	}
	pos := p.cur.pos
	name, err := p.dottedName()
	if err != nil {
		return nil, err
	}
	t := &testExpr{x: x, name: name, fn: builtinTest(name), neg: neg, pos: offset(pos)}
	if t.fn == nil {
		p.unknown = append(p.unknown, &syntaxError{pos: pos, msg: "No test named '" + name + "'."})
	}
	switch p.cur.kind {
	case tokLParen:
		t.args, err = p.arguments()
		return t, err
	case tokName:
		switch p.cur.val {
		case "else", "or", "and", "if":
			return t, nil
		case "is":
			return nil, p.fail("You cannot chain multiple tests with is")
		}
	case tokString, tokInt, tokFloat, tokLBracket, tokLBrace:
	default:
		return t, nil
	}
	arg, err := p.primary()
	if err != nil {
		return nil, err
	}
	if arg, err = p.postfix(arg, false); err != nil {
		return nil, err
	}
	t.args.pos = []expr{arg}
	return t, nil
}
