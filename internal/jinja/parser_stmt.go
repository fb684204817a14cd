package jinja

// statement parses the block whose tag name is the current token. ends are the
// tags the enclosing block waits for, for messages.
func (p *parser) statement(ends []string) (stmt, error) {
	tag, pos := p.cur.val, p.cur.pos
	switch tag {
	case "for":
		return p.forBlock()
	case "if":
		return p.ifBlock()
	case "set":
		return p.set()
	case "do":
		if err := p.advance(); err != nil {
			return nil, err
		}
		x, err := p.tuple(tupleRules{cond: true})
		if err != nil {
			return nil, err
		}
		_, err = p.expect(tokBlockEnd)
		return &doStmt{x: x}, err
	case "print":
		return p.print()
	case "macro", "test", "data_test", "materialization":
		return p.macroBlock(tag)
	case "call":
		return p.callBlock()
	case "filter":
		return p.filterBlock()
	case "with":
		return p.with()
	case "autoescape":
		return p.autoescape()
	case "block":
		return p.inlineBlock()
	case "break", "continue":
		return p.loopControl(tag)
	case "docs", "snapshot":
		return nil, p.opaque(tag, pos)
	case "include", "import", "from", "extends":
		return nil, &syntaxError{pos: pos, msg: "the tag '" + tag + "' is not supported: templates are not loaded from other templates", hint: "call a macro instead"}
	}
	return nil, p.unknownTag(tag, pos, ends)
}

func (p *parser) loopControl(tag string) (stmt, error) {
	if p.scope.loopBody() == nil {
		return nil, p.fail("'%s' outside loop", tag)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	_, err := p.expect(tokBlockEnd)
	if tag == "break" {
		return &breakStmt{}, err
	}
	return &continueStmt{}, err
}

// loopBody gives the innermost loop around s within the same function.
func (s *scope) loopBody() *scope {
	for ; s != nil; s = s.parent {
		if s.kind == scopeLoop {
			return s
		}
		if s.kind == scopeFunction {
			return nil
		}
	}
	return nil
}

func (p *parser) print() (stmt, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	var out []stmt
	for p.cur.kind != tokBlockEnd {
		if out != nil {
			if _, err := p.expect(tokComma); err != nil {
				return nil, err
			}
		}
		pos := p.cur.pos
		x, err := p.expression(true)
		if err != nil {
			return nil, err
		}
		out = append(out, p.output(x, pos))
	}
	return &scopeStmt{body: body{stmts: out}}, p.advance()
}

func (p *parser) ifBlock() (stmt, error) {
	pos := p.cur.pos
	s := &ifStmt{}
	known := len(p.unknown)
	defer func() { p.unknown = p.unknown[:known] }()
	for {
		if err := p.advance(); err != nil {
			return nil, err
		}
		test, err := p.tuple(tupleRules{})
		if err != nil {
			return nil, err
		}
		stmts, err := p.block("if", pos, "elif", "else", "endif")
		if err != nil {
			return nil, err
		}
		s.branches = append(s.branches, ifBranch{test: test, body: stmts})
		if p.isName("elif") {
			continue
		}
		isElse := p.isName("else")
		if err := p.advance(); err != nil {
			return nil, err
		}
		if !isElse {
			_, err := p.expect(tokBlockEnd)
			return s, err
		}
		s.other, err = p.endBlock("if", pos, "endif")
		return s, err
	}
}

func (p *parser) set() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	t, err := p.target(p.scope, "", true)
	if err != nil {
		return nil, err
	}
	ok, err := p.skipIf(tokAssign)
	if err != nil {
		return nil, err
	}
	if ok {
		x, err := p.tuple(tupleRules{cond: true})
		if err != nil {
			return nil, err
		}
		_, err = p.expect(tokBlockEnd)
		return &setStmt{target: t, x: x, pos: offset(pos)}, err
	}
	s := &setBlockStmt{target: t, pos: offset(pos)}
	for p.cur.kind == tokPipe {
		if err := p.advance(); err != nil {
			return nil, err
		}
		f, err := p.filterNamed(nil)
		if err != nil {
			return nil, err
		}
		s.filters = append(s.filters, f)
	}
	s.body.scope = p.push(scopePlain, nil)
	s.body.stmts, err = p.endBlock("set", pos, "endset")
	p.pop()
	return s, err
}

// target parses what an assignment writes to. Names are declared in sc.
func (p *parser) target(sc *scope, untilName string, attrs bool) (target, error) {
	if p.cur.kind == tokName && attrs {
		next, err := p.peek()
		if err != nil {
			return nil, err
		}
		if next.kind == tokDot {
			n := p.load(p.cur)
			pos := p.cur.pos
			if err := p.advance(); err != nil {
				return nil, err
			}
			if err := p.advance(); err != nil {
				return nil, err
			}
			t, err := p.expect(tokName)
			return &attrTarget{obj: n, attr: t.val, pos: offset(pos)}, err
		}
	}
	return p.targetList(sc, untilName)
}

// targetList parses names with commas between them, and brackets around.
func (p *parser) targetList(sc *scope, untilName string) (target, error) {
	var items []target
	isTuple := false
	pos := p.cur.pos
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
		if p.cur.kind == tokRParen && isTuple {
			break
		}
		if p.cur.kind != tokName && p.cur.kind != tokLParen || untilName != "" && p.isName(untilName) {
			return nil, p.fail("expected a name to assign to, got '%s'", p.cur.describe())
		}
		t, err := p.targetItem(sc)
		if err != nil {
			return nil, err
		}
		items = append(items, t)
	}
	if isTuple {
		return &tupleTarget{items: items, pos: offset(pos)}, nil
	}
	return items[0], nil
}

func (p *parser) targetItem(sc *scope) (target, error) {
	if p.cur.kind == tokLParen {
		if err := p.enter(); err != nil {
			return nil, err
		}
		defer p.leave()
		if err := p.advance(); err != nil {
			return nil, err
		}
		t, err := p.targetList(sc, "")
		if err != nil {
			return nil, err
		}
		_, err = p.expect(tokRParen)
		return t, err
	}
	switch p.cur.val {
	case "true", "false", "none", "True", "False", "None":
		return nil, p.fail("can't assign to '%s'", p.cur.val)
	}
	if p.cur.val == "loop" && (sc == nil || sc.loopBody() != nil) {
		return nil, p.fail("Can't assign to special loop variable in for-loop target")
	}
	t := &nameTarget{name: p.cur.val, slot: -1}
	if sc != nil {
		t.slot = sc.declare(t.name, false)
	}
	return t, p.advance()
}

// bindTarget declares the names of a target parsed without a scope.
func bindTarget(sc *scope, t target) target {
	switch x := t.(type) {
	case *nameTarget:
		return &nameTarget{name: x.name, slot: sc.declare(x.name, true)}
	case *tupleTarget:
		out := &tupleTarget{pos: x.pos, items: make([]target, len(x.items))}
		for i, it := range x.items {
			out.items[i] = bindTarget(sc, it)
		}
		return out
	}
	return t
}

func (p *parser) with() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	s := &withStmt{pos: offset(pos)}
	var free []target
	for p.cur.kind != tokBlockEnd && p.cur.kind != tokColon {
		if free != nil {
			if _, err := p.expect(tokComma); err != nil {
				return nil, err
			}
		}
		t, err := p.targetItem(nil)
		if err != nil {
			return nil, err
		}
		if _, err := p.expect(tokAssign); err != nil {
			return nil, err
		}
		x, err := p.expression(true)
		if err != nil {
			return nil, err
		}
		free, s.vals = append(free, t), append(s.vals, x)
	}
	s.body.scope = p.push(scopePlain, nil)
	for _, t := range free {
		s.targets = append(s.targets, bindTarget(s.body.scope, t))
	}
	var err error
	s.body.stmts, err = p.endBlock("with", pos, "endwith")
	p.pop()
	return s, err
}

func (p *parser) filterBlock() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	s := &filterStmt{pos: offset(pos)}
	for {
		f, err := p.filterNamed(nil)
		if err != nil {
			return nil, err
		}
		s.filters = append(s.filters, f)
		if p.cur.kind != tokPipe {
			break
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
	s.body.scope = p.push(scopePlain, nil)
	var err error
	s.body.stmts, err = p.endBlock("filter", pos, "endfilter")
	p.pop()
	return s, err
}

func (p *parser) autoescape() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	x, err := p.expression(true)
	if err != nil {
		return nil, err
	}
	before := p.escape
	if c, ok := x.(*constExpr); ok {
		p.escape = Truth(c.val)
	}
	s := &scopeStmt{body: body{scope: p.push(scopePlain, nil)}}
	s.body.stmts, err = p.endBlock("autoescape", pos, "endautoescape")
	p.pop()
	p.escape = before
	return s, err
}

// inlineBlock parses {% block name %}, which prints its inside in place.
func (p *parser) inlineBlock() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	name, err := p.expect(tokName)
	if err != nil {
		return nil, err
	}
	for p.isName("scoped") || p.isName("required") {
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
	s := &scopeStmt{body: body{scope: p.push(scopePlain, nil)}}
	if s.body.stmts, err = p.block("block", pos, "endblock"); err != nil {
		return nil, err
	}
	p.pop()
	if err := p.advance(); err != nil {
		return nil, err
	}
	if _, err := p.skipName(name.val); err != nil {
		return nil, err
	}
	_, err = p.expect(tokBlockEnd)
	return s, err
}

// opaque passes over a block whose inside belongs to another template.
// ExtractBlocks reads such blocks.
func (p *parser) opaque(tag string, pos int) error {
	for p.cur.kind != tokBlockEnd {
		if p.cur.kind == tokEOF {
			return p.fail("unexpected end of template")
		}
		if err := p.advance(); err != nil {
			return err
		}
	}
	if !p.lex.skipTo("end" + tag) {
		return &syntaxError{pos: pos, msg: "Unexpected end of template. Jinja was looking for the following tags: 'end" + tag + "'."}
	}
	return p.advance()
}
