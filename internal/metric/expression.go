package metric

import (
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// node is a node of an expression's tree.
type node interface{ walk(visit func(name string)) }

type (
	nameNode   string
	numberNode string // a decimal number as written
	binaryNode struct {
		op          byte // + - * /
		left, right node
	}
	negativeNode struct{ of node }
)

func (n nameNode) walk(visit func(string))     { visit(string(n)) }
func (numberNode) walk(func(string))           {}
func (n negativeNode) walk(visit func(string)) { n.of.walk(visit) }
func (n binaryNode) walk(visit func(string))   { n.left.walk(visit); n.right.walk(visit) }

// maxDepth keeps brackets from exhausting the stack.
const maxDepth = 50

// expressionParser reads sums, products and brackets of metric names and numbers.
type expressionParser struct {
	text  string
	at    int
	depth int
}

// parseExpression reads arithmetic on metrics: + - * / ( ), names, numbers.
func parseExpression(text string) (node, error) {
	p := &expressionParser{text: text}
	n, err := p.sum()
	if err != nil {
		return nil, err
	}
	if p.peek() != 0 {
		return nil, p.wrong()
	}
	return n, nil
}

func (p *expressionParser) wrong() error {
	if p.peek() == 0 {
		return fault.New(fault.Parse, "the expression %q ends too early", p.text)
	}
	return fault.New(fault.Parse, "the expression %q has an unexpected %q", p.text, p.text[p.at:p.at+1]).
		WithHint("write metrics, numbers, + - * / and brackets")
}

// peek gives the next byte that is no blank, 0 at the end.
func (p *expressionParser) peek() byte {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *expressionParser) sum() (node, error)     { return p.chain('+', '-', p.product) }
func (p *expressionParser) product() (node, error) { return p.chain('*', '/', p.factor) }

// chain reads operands between two operators of one rank.
func (p *expressionParser) chain(one, other byte, operand func() (node, error)) (node, error) {
	left, err := operand()
	if err != nil {
		return nil, err
	}
	for op := p.peek(); op != 0 && (op == one || op == other); op = p.peek() {
		p.at++
		right, err := operand()
		if err != nil {
			return nil, err
		}
		left = binaryNode{op: op, left: left, right: right}
	}
	return left, nil
}

func (p *expressionParser) factor() (node, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, fault.New(fault.Parse, "the expression %q is nested too deeply", p.text[:min(len(p.text), 40)])
	}
	switch c := p.peek(); {
	case c == '-':
		p.at++
		of, err := p.factor()
		if err != nil {
			return nil, err
		}
		return negativeNode{of: of}, nil
	case c == '(':
		p.at++
		n, err := p.sum()
		if err != nil {
			return nil, err
		}
		if p.peek() != ')' {
			return nil, p.wrong()
		}
		p.at++
		return n, nil
	case c >= '0' && c <= '9':
		return p.number()
	case isNameByte(c, true):
		start := p.at
		for p.at < len(p.text) && isNameByte(p.text[p.at], false) {
			p.at++
		}
		return nameNode(p.text[start:p.at]), nil
	}
	return nil, p.wrong()
}

func (p *expressionParser) number() (node, error) {
	start := p.at
	for p.at < len(p.text) && (p.text[p.at] == '.' || p.text[p.at] >= '0' && p.text[p.at] <= '9') {
		p.at++
	}
	word := p.text[start:p.at]
	if _, err := strconv.ParseFloat(word, 64); err != nil || strings.HasSuffix(word, ".") || len(word) > 30 {
		return nil, fault.New(fault.Parse, "%s in an expression is not a number", word)
	}
	return numberNode(word), nil
}

// isNameByte says whether a byte may stand in a name, or at its start.
func isNameByte(c byte, first bool) bool {
	return c == '_' || c >= 'a' && c <= 'z' || !first && c >= '0' && c <= '9'
}
