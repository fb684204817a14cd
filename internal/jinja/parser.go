package jinja

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// Bounds on nesting, so that no source can exhaust the stack.
const (
	maxNesting = 250   // blocks, brackets and prefix operators inside each other
	maxChain   = 2_000 // operators, items, calls and filters in one chain
)

// parser turns tokens into the tree. It opens scopes as it goes and resolves
// names at the end (link).
type parser struct {
	lex    *lexer
	cur    token
	ahead  token
	hasAhd bool

	tmpl   *Template
	scope  *scope
	scopes []*scope
	names  []*nameExpr
	calls  []callSite
	blocks []openBlock
	depth  int
	escape bool // inside autoescape true
	// unknown are the filters and tests nobody knows. Inside if they are errors
	// only when they run, as in Jinja.
	unknown []*syntaxError
}

// openBlock is a block tag that waits for its end.
type openBlock struct {
	tag string
	pos int
}

// Parse reads a template. name is the file shown in errors, which are
// *fault.Error with code fault.Parse and a line.
func Parse(name, src string, opts ...ParseOption) (*Template, error) {
	cfg := parseConfig{firstLine: 1}
	for _, o := range opts {
		o(&cfg)
	}
	t := &Template{name: name, src: src, firstLine: cfg.firstLine}
	p := &parser{lex: newLexer(src), tmpl: t}
	if err := p.template(); err != nil {
		return nil, t.parseError(err)
	}
	return t, nil
}

// parseError gives an error of the source its place.
func (t *Template) parseError(err error) error {
	var se *syntaxError
	if !errors.As(err, &se) {
		return fault.Wrap(err, fault.Parse, "cannot read template").At(t.name, t.firstLine)
	}
	line, col := t.place(se.pos)
	fe := fault.New(fault.Parse, "%s", se.msg).At(t.name, line)
	fe.Column, fe.Hint = col, se.hint
	return fe
}

// template parses the whole source.
func (p *parser) template() error {
	fn := p.newFunction("", 0)
	p.push(scopeFunction, fn)
	if err := p.advance(); err != nil {
		return err
	}
	stmts, err := p.statements(nil)
	if err != nil {
		return err
	}
	if len(p.unknown) > 0 {
		return p.unknown[0]
	}
	fn.body = stmts
	p.tmpl.root = fn
	link(p.names, p.scopes)
	p.finishRefs()
	return nil
}

func (p *parser) newFunction(name string, pos int) *function {
	return &function{name: name, tmpl: p.tmpl, pos: offset(pos), callerSlot: -1, varargsSlot: -1, kwargsSlot: -1}
}

// push opens a scope; fn is nil for a scope inside the current function.
func (p *parser) push(kind scopeKind, fn *function) *scope {
	if fn == nil {
		fn = p.scope.fn
	}
	s := newScope(p.scope, fn, kind)
	if kind == scopeFunction {
		fn.scope = s
	}
	p.scope = s
	p.scopes = append(p.scopes, s)
	return s
}

func (p *parser) pop() { p.scope = p.scope.parent }

func (p *parser) advance() error {
	if p.hasAhd {
		p.cur, p.hasAhd = p.ahead, false
		return nil
	}
	t, err := p.lex.next()
	if err != nil {
		return err
	}
	p.cur = t
	return nil
}

// peek gives the token behind the current one. It must not be used on the last
// token of a tag.
func (p *parser) peek() (token, error) {
	if !p.hasAhd {
		t, err := p.lex.next()
		if err != nil {
			return token{}, err
		}
		p.ahead, p.hasAhd = t, true
	}
	return p.ahead, nil
}

// skipIf moves on when the current token is of kind.
func (p *parser) skipIf(kind tokenKind) (bool, error) {
	if p.cur.kind != kind {
		return false, nil
	}
	return true, p.advance()
}

func (p *parser) isName(name string) bool {
	return p.cur.kind == tokName && p.cur.val == name
}

func (p *parser) skipName(name string) (bool, error) {
	if !p.isName(name) {
		return false, nil
	}
	return true, p.advance()
}

// expect takes a token of kind and moves on.
func (p *parser) expect(kind tokenKind) (token, error) {
	t := p.cur
	if t.kind != kind {
		if t.kind == tokEOF {
			return t, p.fail("unexpected end of template, expected '%s'.", kind.describe())
		}
		return t, p.fail("expected token '%s', got '%s'", kind.describe(), t.describe())
	}
	return t, p.advance()
}

func (p *parser) fail(format string, args ...any) error {
	return &syntaxError{pos: p.cur.pos, msg: fmt.Sprintf(format, args...)}
}

// enter counts one level of nesting; leave must follow.
func (p *parser) enter() error {
	p.depth++
	if p.depth > maxNesting {
		return p.fail("nested too deeply (more than %d levels)", maxNesting)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

// statements parses text, prints and blocks until a block tag named in ends,
// which stays the current token. Without ends it parses to the end of the source.
func (p *parser) statements(ends []string) ([]stmt, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	var out []stmt
	for {
		switch p.cur.kind {
		case tokEOF:
			if ends != nil {
				return nil, p.unexpectedEnd(ends)
			}
			return out, nil
		case tokData:
			if p.cur.val != "" {
				out = append(out, &textStmt{text: p.cur.val})
			}
			if err := p.advance(); err != nil {
				return nil, err
			}
		case tokVarBegin:
			s, err := p.printed()
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		case tokBlockBegin:
			if err := p.advance(); err != nil {
				return nil, err
			}
			if p.cur.kind != tokName {
				return nil, p.fail("tag name expected")
			}
			if slices.Contains(ends, p.cur.val) {
				return out, nil
			}
			s, err := p.statement(ends)
			if err != nil {
				return nil, err
			}
			if s != nil {
				out = append(out, s)
			}
		default:
			return nil, p.fail("unexpected '%s'", p.cur.describe())
		}
	}
}

// printed parses {{ expression }}.
func (p *parser) printed() (stmt, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	pos := p.cur.pos
	x, err := p.tuple(tupleRules{cond: true})
	if err != nil {
		return nil, err
	}
	_, err = p.expect(tokVarEnd)
	return p.output(x, pos), err
}

func (p *parser) output(x expr, pos int) *outStmt {
	return &outStmt{x: x, pos: offset(pos), constant: isConstant(x), escape: p.escape}
}

// block parses the inside of a block: the rest of its opening tag, and
// statements up to one of ends, whose name token becomes the current one.
func (p *parser) block(tag string, pos int, ends ...string) ([]stmt, error) {
	if _, err := p.skipIf(tokColon); err != nil {
		return nil, err
	}
	if _, err := p.expect(tokBlockEnd); err != nil {
		return nil, err
	}
	p.blocks = append(p.blocks, openBlock{tag: tag, pos: pos})
	stmts, err := p.statements(ends)
	p.blocks = p.blocks[:len(p.blocks)-1]
	return stmts, err
}

// endBlock parses the inside of a block up to its only end, and that end tag.
func (p *parser) endBlock(tag string, pos int, end string) ([]stmt, error) {
	stmts, err := p.block(tag, pos, end)
	if err != nil {
		return nil, err
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	_, err = p.expect(tokBlockEnd)
	return stmts, err
}

func (p *parser) unexpectedEnd(ends []string) error {
	msg := "Unexpected end of template. Jinja was looking for the following tags: " + quoteList(ends) + "."
	return p.addOpen(&syntaxError{pos: p.cur.pos, msg: msg})
}

// unknownTag explains a tag that cannot stand here.
func (p *parser) unknownTag(name string, pos int, ends []string) error {
	if len(p.blocks) > 0 && strings.HasPrefix(name, "end") {
		msg := fmt.Sprintf("Unexpected end of block '%s'. Jinja was looking for the following tags: %s.", name, quoteList(ends))
		return p.addOpen(&syntaxError{pos: pos, msg: msg})
	}
	msg := fmt.Sprintf("Encountered unknown tag '%s'.", name)
	if len(ends) > 0 {
		msg += " Jinja was looking for the following tags: " + quoteList(ends) + "."
	}
	return p.addOpen(&syntaxError{pos: pos, msg: msg})
}

// addOpen adds the innermost open block to an error.
func (p *parser) addOpen(e *syntaxError) error {
	if n := len(p.blocks); n > 0 {
		open := p.blocks[n-1]
		line, _ := p.tmpl.place(open.pos)
		e.msg += fmt.Sprintf(" The innermost block that needs to be closed is '%s' (line %d).", open.tag, line)
	}
	return e
}

func quoteList(names []string) string {
	return "'" + strings.Join(names, "' or '") + "'"
}
