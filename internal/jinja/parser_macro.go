package jinja

import (
	"strings"
)

// macroBlock parses macro, test, data_test and materialization blocks.
func (p *parser) macroBlock(tag string) (stmt, error) {
	tagPos := p.openTagPos(p.cur.pos)
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	name, err := p.expect(tokName)
	if err != nil {
		return nil, err
	}
	line, _ := p.tmpl.place(pos)
	def := &MacroDef{Kind: KindMacro, Name: name.val, FullName: name.val, Line: line, tmpl: p.tmpl}
	top := p.scope.parent == nil && len(p.blocks) == 0
	outer := p.scope
	fn := p.newFunction(name.val, pos)
	fn.scope = p.push(scopeFunction, fn)
	firstCall := len(p.calls)
	switch tag {
	case "materialization":
		def.Kind = KindMaterialization
		err = p.materialization(def)
	case "test", "data_test":
		def.Kind = KindTest
		def.FullName = "test_" + name.val
		err = p.signature(fn, def)
	default:
		err = p.signature(fn, def)
	}
	if err != nil {
		return nil, err
	}
	fn.name = def.FullName
	if fn.body, err = p.block(tag, pos, "end"+tag); err != nil {
		return nil, err
	}
	p.pop()
	if err := p.advance(); err != nil {
		return nil, err
	}
	end := p.cur.end
	if _, err = p.expect(tokBlockEnd); err != nil {
		return nil, err
	}
	def.Source = p.tmpl.src[tagPos:end]
	def.fn = fn
	def.calls = callRange{firstCall, len(p.calls)}
	fn.def = def
	if top {
		p.tmpl.macros = append(p.tmpl.macros, def)
	}
	return &macroStmt{slot: outer.declare(def.FullName, false), fn: fn}, nil
}

// openTagPos gives the offset of the "{%" before a tag name.
func (p *parser) openTagPos(namePos int) int {
	return strings.LastIndex(p.tmpl.src[:namePos], "{%")
}

// signature parses (a, b: type = default), with dbt's type annotations.
func (p *parser) signature(fn *function, def *MacroDef) error {
	if _, err := p.expect(tokLParen); err != nil {
		return err
	}
	for len(fn.params) == 0 || p.cur.kind != tokRParen {
		if p.cur.kind == tokRParen {
			break
		}
		if len(fn.params) > 0 {
			if _, err := p.expect(tokComma); err != nil {
				return err
			}
			if p.cur.kind == tokRParen {
				break
			}
		}
		if err := p.parameter(fn, def); err != nil {
			return err
		}
	}
	return p.advance()
}

func (p *parser) parameter(fn *function, def *MacroDef) error {
	t, err := p.expect(tokName)
	if err != nil {
		return err
	}
	for _, q := range fn.params {
		if q.name == t.val {
			return &syntaxError{pos: t.pos, msg: "duplicate argument '" + t.val + "' in the definition of '" + fn.name + "'"}
		}
	}
	q := param{name: t.val, slot: p.scope.declare(t.val, true)}
	mp := MacroParam{Name: t.val}
	ok, err := p.skipIf(tokColon)
	if err != nil {
		return err
	}
	if ok {
		start := p.cur.pos
		end, err := p.typeName()
		if err != nil {
			return err
		}
		mp.Type = strings.TrimSpace(p.tmpl.src[start:end])
	}
	if ok, err = p.skipIf(tokAssign); err != nil {
		return err
	}
	if ok {
		start := p.cur.pos
		if q.def, err = p.expression(true); err != nil {
			return err
		}
		mp.HasDefault = true
		mp.Default = strings.TrimSpace(p.tmpl.src[start:p.cur.pos])
	} else if n := len(fn.params); n > 0 && fn.params[n-1].def != nil {
		return p.fail("non-default argument follows default argument")
	}
	if q.name == "caller" {
		fn.explicitCaller = true
	}
	fn.params = append(fn.params, q)
	if def != nil {
		def.Params = append(def.Params, mp)
	}
	return nil
}

// typeName parses a type annotation such as Dict[str, List[int]] and gives the
// offset behind it.
func (p *parser) typeName() (int, error) {
	if err := p.enter(); err != nil {
		return 0, err
	}
	defer p.leave()
	t, err := p.expect(tokName)
	if err != nil {
		return 0, err
	}
	ok, err := p.skipIf(tokLBracket)
	if err != nil || !ok {
		return t.end, err
	}
	for first := true; p.cur.kind != tokRBracket; first = false {
		if !first {
			if _, err := p.expect(tokComma); err != nil {
				return 0, err
			}
		}
		if _, err := p.typeName(); err != nil {
			return 0, err
		}
	}
	end := p.cur.end
	return end, p.advance()
}

// materialization parses what follows the name: default, adapter='x' and
// supported_languages=['sql'].
func (p *parser) materialization(def *MacroDef) error {
	def.Adapter, def.SupportedLanguages = "default", []string{"sql"}
	for {
		ok, err := p.skipIf(tokComma)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		key, err := p.expect(tokName)
		if err != nil {
			return err
		}
		if key.val == "default" {
			continue
		}
		if key.val != "adapter" && key.val != "supported_languages" {
			return &syntaxError{pos: key.pos, msg: "materialization '" + def.Name + "' received unknown argument '" + key.val + "'"}
		}
		if _, err := p.expect(tokAssign); err != nil {
			return err
		}
		valPos := p.cur.pos
		x, err := p.expression(true)
		if err != nil {
			return err
		}
		if err := def.setOption(key.val, x); err != nil {
			return &syntaxError{pos: valPos, msg: err.Error()}
		}
	}
	def.FullName = "materialization_" + def.Name + "_" + def.Adapter
	return nil
}

func (d *MacroDef) setOption(key string, x expr) error {
	if key == "adapter" {
		c, ok := x.(*constExpr)
		if !ok {
			return valueErrorf("the adapter of materialization '%s' must be a string", d.Name)
		}
		if d.Adapter, ok = c.val.(string); !ok {
			return valueErrorf("the adapter of materialization '%s' must be a string", d.Name)
		}
		return nil
	}
	l, ok := x.(*listExpr)
	if !ok {
		return valueErrorf("supported_languages of materialization '%s' must be a list of strings", d.Name)
	}
	d.SupportedLanguages = nil
	for _, it := range l.items {
		c, _ := it.(*constExpr)
		if c == nil {
			return valueErrorf("supported_languages of materialization '%s' must be a list of strings", d.Name)
		}
		s, ok := c.val.(string)
		if !ok {
			return valueErrorf("supported_languages of materialization '%s' must be a list of strings", d.Name)
		}
		d.SupportedLanguages = append(d.SupportedLanguages, s)
	}
	return nil
}

// callBlock parses {% call(a, b) f(x) %}.
func (p *parser) callBlock() (stmt, error) {
	pos := p.cur.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	outer := p.scope
	fn := p.newFunction("caller", pos)
	inner := p.push(scopeFunction, fn)
	fn.scope = inner
	if p.cur.kind == tokLParen {
		if err := p.signature(fn, nil); err != nil {
			return nil, err
		}
	}
	p.scope = outer
	x, err := p.expression(true)
	if err != nil {
		return nil, err
	}
	call, ok := x.(*callExpr)
	if !ok {
		return nil, &syntaxError{pos: pos, msg: "expected call"}
	}
	p.scope = inner
	if fn.body, err = p.endBlock("call", pos, "endcall"); err != nil {
		return nil, err
	}
	p.scope = outer
	return &callStmt{call: call, fn: fn, pos: offset(pos)}, nil
}
