package jinja

// expression parses a whole expression with an optional inline if.
func (p *parser) expression(cond bool) (expr, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if !cond {
		return p.or()
	}
	return p.condition()
}

func (p *parser) condition() (expr, error) {
	known := len(p.unknown)
	x, err := p.or()
	if err != nil {
		return nil, err
	}
	for n := 0; p.isName("if"); n++ {
		if err := p.chain(n); err != nil {
			return nil, err
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		test, err := p.or()
		if err != nil {
			return nil, err
		}
		c := &condExpr{test: test, then: x}
		ok, err := p.skipName("else")
		if err != nil {
			return nil, err
		}
		if ok {
			if c.other, err = p.expression(true); err != nil {
				return nil, err
			}
		}
		x = c
		p.unknown = p.unknown[:known]
	}
	return x, nil
}

// chain bounds the links of one chain.
func (p *parser) chain(n int) error {
	if n >= maxChain {
		return p.fail("expression too long (more than %d operators in one chain)", maxChain)
	}
	return nil
}

func (p *parser) or() (expr, error) {
	return p.logical("or", p.and, func(l, r expr) expr { return &orExpr{l, r} })
}

func (p *parser) and() (expr, error) {
	return p.logical("and", p.not, func(l, r expr) expr { return &andExpr{l, r} })
}

func (p *parser) logical(word string, operand func() (expr, error), join func(l, r expr) expr) (expr, error) {
	left, err := operand()
	if err != nil {
		return nil, err
	}
	for n := 0; p.isName(word); n++ {
		if err := p.chain(n); err != nil {
			return nil, err
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		right, err := operand()
		if err != nil {
			return nil, err
		}
		left = join(left, right)
	}
	return left, nil
}

func (p *parser) not() (expr, error) {
	if !p.isName("not") {
		return p.compare()
	}
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if err := p.advance(); err != nil {
		return nil, err
	}
	x, err := p.not()
	if err != nil {
		return nil, err
	}
	return &notExpr{x}, nil
}

func (p *parser) compare() (expr, error) {
	pos := p.cur.pos
	first, err := p.sum()
	if err != nil {
		return nil, err
	}
	var ops []comparison
	for {
		op, ok, err := p.compareOp()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		right, err := p.sum()
		if err != nil {
			return nil, err
		}
		ops = append(ops, comparison{op: op, right: right})
	}
	if ops == nil {
		return first, nil
	}
	return &compareExpr{first: first, ops: ops, pos: offset(pos)}, nil
}

func (p *parser) compareOp() (cmpOp, bool, error) {
	var op cmpOp
	switch p.cur.kind {
	case tokEq:
		op = cmpEq
	case tokNe:
		op = cmpNe
	case tokLt:
		op = cmpLt
	case tokLe:
		op = cmpLe
	case tokGt:
		op = cmpGt
	case tokGe:
		op = cmpGe
	case tokName:
		switch p.cur.val {
		case "in":
			op = cmpIn
		case "not":
			next, err := p.peek()
			if err != nil || next.kind != tokName || next.val != "in" {
				return 0, false, err
			}
			op = cmpNotIn
			if err := p.advance(); err != nil {
				return 0, false, err
			}
		default:
			return 0, false, nil
		}
	default:
		return 0, false, nil
	}
	return op, true, p.advance()
}

// sum parses + and -, which bind looser than ~ in Jinja.
func (p *parser) sum() (expr, error) {
	return p.binary(p.concat, func(k tokenKind) (Op, bool) {
		switch k {
		case tokAdd:
			return OpAdd, true
		case tokSub:
			return OpSub, true
		default:
		}
		return 0, false
	})
}

func (p *parser) concat() (expr, error) {
	first, err := p.product()
	if err != nil || p.cur.kind != tokTilde {
		return first, err
	}
	parts := []expr{first}
	for p.cur.kind == tokTilde {
		if err := p.advance(); err != nil {
			return nil, err
		}
		x, err := p.product()
		if err != nil {
			return nil, err
		}
		parts = append(parts, x)
	}
	return &concatExpr{parts: parts}, nil
}

func (p *parser) product() (expr, error) {
	return p.binary(p.power, func(k tokenKind) (Op, bool) {
		switch k {
		case tokMul:
			return OpMul, true
		case tokDiv:
			return OpDiv, true
		case tokFloorDiv:
			return OpFloorDiv, true
		case tokMod:
			return OpMod, true
		default:
		}
		return 0, false
	})
}

// power parses **, which is left-associative in Jinja and binds looser than a
// sign.
func (p *parser) power() (expr, error) {
	return p.binary(func() (expr, error) { return p.unary(true) }, func(k tokenKind) (Op, bool) {
		return OpPow, k == tokPow
	})
}

func (p *parser) binary(operand func() (expr, error), opOf func(tokenKind) (Op, bool)) (expr, error) {
	left, err := operand()
	if err != nil {
		return nil, err
	}
	for n := 0; ; n++ {
		op, ok := opOf(p.cur.kind)
		if !ok {
			return left, nil
		}
		if err := p.chain(n); err != nil {
			return nil, err
		}
		pos := p.cur.pos
		if err := p.advance(); err != nil {
			return nil, err
		}
		right, err := operand()
		if err != nil {
			return nil, err
		}
		left = &binExpr{op: op, pos: offset(pos), left: left, right: right}
	}
}

func (p *parser) unary(withFilter bool) (expr, error) {
	var x expr
	var err error
	if p.cur.kind == tokSub || p.cur.kind == tokAdd {
		s := &signExpr{neg: p.cur.kind == tokSub, pos: offset(p.cur.pos)}
		if err := p.enter(); err != nil {
			return nil, err
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		s.x, err = p.unary(false)
		p.leave()
		x = s
	} else {
		x, err = p.primary()
	}
	if err != nil {
		return nil, err
	}
	return p.postfix(x, withFilter)
}
