package dashboard

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// The language of findings; web/src/finding/parse.ts has its grammar and evaluates
// it. testdata/expressions.json holds what both have to take and to refuse.

// nodeKind is what an expression is at its top.
type nodeKind int

const (
	numberNode nodeKind = iota
	textNode
	nameNode
	fieldNode
	callNode
	operatorNode
)

// expression is a node with its text (a name, an operator, a value) and its parts.
type expression struct {
	kind  nodeKind
	text  string
	parts []expression
}

type token struct {
	kind nodeKind // numberNode, textNode, nameNode, or operatorNode for signs
	text string
	end  bool
}

var tokenForm = regexp.MustCompile(`^(?:(\d+(?:\.\d+)?)|"([^"]*)"|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|[-+*/().,<>=]))`)

func tokensOf(source string) ([]token, error) {
	var out []token
	for rest := strings.TrimSpace(source); rest != ""; rest = strings.TrimSpace(rest) {
		m := tokenForm.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil, fmt.Errorf("unexpected %q", rest[:min(10, len(rest))])
		}
		for group, kind := range []nodeKind{numberNode, textNode, nameNode, operatorNode} {
			if from := m[2+2*group]; from >= 0 {
				out = append(out, token{kind: kind, text: rest[from:m[3+2*group]]})
			}
		}
		rest = rest[m[1]:]
	}
	return append(out, token{end: true}), nil
}

// strength gives how strongly an operator between two values binds; 0 for none.
func strength(t token) int {
	if t.end || (t.kind != operatorNode && t.kind != nameNode) {
		return 0
	}
	switch t.text {
	case "or":
		return 1
	case "and":
		return 2
	case "=", "!=", "<", "<=", ">", ">=":
		return 4
	case "+", "-":
		return 5
	case "*", "/":
		return 6
	default:
		return 0
	}
}

// maxDepth bounds brackets in brackets.
const maxDepth = 100

type parser struct {
	tokens []token
	at     int
	depth  int
}

func parseExpression(source string) (expression, error) {
	tokens, err := tokensOf(source)
	if err != nil {
		return expression{}, err
	}
	p := &parser{tokens: tokens}
	e, err := p.binary(0)
	if err != nil {
		return expression{}, err
	}
	if !p.next().end {
		return expression{}, fmt.Errorf("unexpected %q", p.next().text)
	}
	return e, nil
}

func (p *parser) next() token { return p.tokens[p.at] }

func (p *parser) take(text string) bool {
	t := p.next()
	if t.end || (t.kind != operatorNode && t.kind != nameNode) || t.text != text {
		return false
	}
	p.at++
	return true
}

func (p *parser) binary(least int) (expression, error) {
	if p.depth++; p.depth > maxDepth {
		return expression{}, errors.New("too many brackets")
	}
	defer func() { p.depth-- }()
	left, err := p.unary()
	for err == nil {
		own := strength(p.next())
		if own <= least {
			return left, nil
		}
		op := p.next().text
		p.at++
		var right expression
		right, err = p.binary(own)
		left = expression{kind: operatorNode, text: op, parts: []expression{left, right}}
	}
	return expression{}, err
}

func (p *parser) unary() (expression, error) {
	minus := p.take("-")
	if minus || p.take("not") {
		op, least := "not", 3 // covers a comparison, but not what "and" joins to it
		if minus {
			op, least = "-", 6
		}
		of, err := p.binary(least)
		return expression{kind: operatorNode, text: op, parts: []expression{of}}, err
	}
	e, err := p.primary()
	for err == nil && p.take(".") {
		field := p.next()
		if field.end || field.kind != nameNode {
			return expression{}, errors.New("a name has to follow the dot")
		}
		p.at++
		e = expression{kind: fieldNode, text: field.text, parts: []expression{e}}
	}
	return e, err
}

func (p *parser) primary() (expression, error) {
	t := p.next()
	if t.end {
		return expression{}, errors.New("it ends too early")
	}
	p.at++
	switch {
	case t.kind == operatorNode && t.text == "(":
		e, err := p.binary(0)
		if err == nil && !p.take(")") {
			err = errors.New("a bracket is not closed")
		}
		return e, err
	case t.kind == operatorNode:
		return expression{}, fmt.Errorf("unexpected %q", t.text)
	case t.kind != nameNode || !p.take("("):
		return expression{kind: t.kind, text: t.text}, nil
	}
	call := expression{kind: callNode, text: t.text}
	if p.take(")") {
		return call, nil
	}
	for {
		arg, err := p.binary(0)
		if err != nil {
			return expression{}, err
		}
		call.parts = append(call.parts, arg)
		if !p.take(",") {
			break
		}
	}
	if !p.take(")") {
		return expression{}, fmt.Errorf("the bracket of %s is not closed", t.text)
	}
	return call, nil
}

// sentence gives the expressions of a text with {{ expressions }}.
func sentence(source string) ([]expression, error) {
	var out []expression
	for {
		_, rest, found := strings.Cut(source, "{{")
		if !found {
			return out, nil
		}
		inner, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return nil, errors.New("{{ is not closed")
		}
		e, err := parseExpression(inner)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		source = after
	}
}
