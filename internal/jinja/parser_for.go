package jinja

// forBlock parses a loop. Its target lives in the scope of the body, and once
// more in a scope for the filter, for the filter runs ahead of the body.
func (p *parser) forBlock() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	free, err := p.target(nil, "in", false)
	if err != nil {
		return nil, err
	}
	if ok, err := p.skipName("in"); err != nil || !ok {
		if err == nil {
			err = p.fail("expected token 'in', got '%s'", p.cur.describe())
		}
		return nil, err
	}
	s := &forStmt{pos: offset(pos)}
	if s.iter, err = p.tuple(tupleRules{untilName: "recursive"}); err != nil {
		return nil, err
	}
	ok, err := p.skipName("if")
	if err != nil {
		return nil, err
	}
	hasFilter := ok
	var filter expr
	var filterScope *scope
	if hasFilter {
		filterScope = p.push(scopePlain, nil)
		s.fTarget = bindTarget(filterScope, free)
		if filter, err = p.expression(true); err != nil {
			return nil, err
		}
		p.pop()
	}
	s.filter = filter
	recursive, err := p.skipName("recursive")
	if err != nil {
		return nil, err
	}
	if recursive {
		s.recursive = p.newFunction("loop", pos)
		s.recursive.scope = p.push(scopeFunction, s.recursive)
		if hasFilter {
			// The filter of a recursive loop runs in the loop's own frame.
			filterScope.rebase(p.scope)
			s.fTarget = bindTarget(filterScope, free)
		}
	}
	sc := p.push(scopeLoop, nil)
	s.target = bindTarget(sc, free)
	s.body.scope = sc
	if s.body.stmts, err = p.block("for", pos, "endfor", "else"); err != nil {
		return nil, err
	}
	p.pop()
	isElse := p.isName("else")
	if err := p.advance(); err != nil {
		return nil, err
	}
	if isElse {
		s.other.scope = p.push(scopePlain, nil)
		if s.other.stmts, err = p.endBlock("for", pos, "endfor"); err != nil {
			return nil, err
		}
		p.pop()
	} else if _, err := p.expect(tokBlockEnd); err != nil {
		return nil, err
	}
	if recursive {
		p.pop()
	}
	return s, nil
}

// rebase moves a scope below parent; its variables are to be declared anew.
func (s *scope) rebase(parent *scope) {
	s.parent, s.fn = parent, parent.fn
	s.vars = nil
}
