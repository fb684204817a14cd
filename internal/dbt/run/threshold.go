package run

import (
	"errors"
	"math/big"
	"strings"
	"text/scanner"
)

// ErrOddThreshold is a condition that is SQL beyond what Threshold reads.
var ErrOddThreshold = errors.New("not a comparison with numbers")

// Threshold says whether n meets a test's warn_if or error_if, which is the right
// side of an SQL comparison:
//
//	condition = term { "or" term }
//	term      = test { "and" test }
//	test      = op number | ["not"] "between" number "and" number
//	          | ["not"] "in" "(" number { "," number } ")" | "is" ["not"] "null"
//	op        = "=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">="
//
// Conditions outside this form give ErrOddThreshold: the test's own SQL must
// have judged them.
func Threshold(condition string, n int) (bool, error) {
	p := &thresholdParser{value: new(big.Rat).SetInt64(int64(n))}
	p.s.Init(strings.NewReader(condition))
	p.s.Mode = scanner.ScanIdents | scanner.ScanInts | scanner.ScanFloats
	p.s.Error = func(*scanner.Scanner, string) { p.bad = true }
	p.next()
	met, err := p.condition()
	if err != nil {
		return false, err
	}
	if p.tok != scanner.EOF || p.bad {
		return false, ErrOddThreshold
	}
	return met, nil
}

type thresholdParser struct {
	s     scanner.Scanner
	value *big.Rat
	tok   rune
	text  string // lower case
	bad   bool
}

func (p *thresholdParser) next() {
	p.tok = p.s.Scan()
	p.text = strings.ToLower(p.s.TokenText())
}

// take steps over a word or sign when it comes next.
func (p *thresholdParser) take(text string) bool {
	if p.tok == scanner.EOF || p.text != text {
		return false
	}
	p.next()
	return true
}

func (p *thresholdParser) condition() (bool, error) {
	met, err := p.term()
	for err == nil && p.take("or") {
		var right bool
		right, err = p.term()
		met = met || right
	}
	return met, err
}

func (p *thresholdParser) term() (bool, error) {
	met, err := p.test()
	for err == nil && p.take("and") {
		var right bool
		right, err = p.test()
		met = met && right
	}
	return met, err
}

func (p *thresholdParser) test() (bool, error) {
	if p.take("is") {
		not := p.take("not")
		if !p.take("null") {
			return false, ErrOddThreshold
		}
		return not, nil
	}
	not := p.take("not")
	switch {
	case p.take("between"):
		met, err := p.between()
		return met != not, err
	case p.take("in"):
		met, err := p.in()
		return met != not, err
	case not:
		return false, ErrOddThreshold
	}
	return p.compare()
}

func (p *thresholdParser) between() (bool, error) {
	low, err := p.number()
	if err != nil {
		return false, err
	}
	if !p.take("and") {
		return false, ErrOddThreshold
	}
	high, err := p.number()
	if err != nil {
		return false, err
	}
	return p.value.Cmp(low) >= 0 && p.value.Cmp(high) <= 0, nil
}

func (p *thresholdParser) in() (bool, error) {
	if !p.take("(") {
		return false, ErrOddThreshold
	}
	found := false
	for {
		n, err := p.number()
		if err != nil {
			return false, err
		}
		found = found || p.value.Cmp(n) == 0
		if p.take(")") {
			return found, nil
		}
		if !p.take(",") {
			return false, ErrOddThreshold
		}
	}
}

func (p *thresholdParser) compare() (bool, error) {
	op := p.operator()
	n, err := p.number()
	if err != nil {
		return false, err
	}
	c := p.value.Cmp(n)
	switch op {
	case "=", "==":
		return c == 0, nil
	case "!=", "<>":
		return c != 0, nil
	case "<":
		return c < 0, nil
	case "<=":
		return c <= 0, nil
	case ">":
		return c > 0, nil
	case ">=":
		return c >= 0, nil
	}
	return false, ErrOddThreshold
}

// operator reads up to two signs; what they mean is for compare to say.
func (p *thresholdParser) operator() string {
	first := p.sign()
	return first + p.sign()
}

func (p *thresholdParser) sign() string {
	switch p.tok {
	case '<', '>', '=', '!':
		text := p.text
		p.next()
		return text
	}
	return ""
}

func (p *thresholdParser) number() (*big.Rat, error) {
	negative := false
	for p.tok == '-' || p.tok == '+' {
		negative = negative != (p.tok == '-')
		p.next()
	}
	if p.tok != scanner.Int && p.tok != scanner.Float {
		return nil, ErrOddThreshold
	}
	n, ok := new(big.Rat).SetString(decimalDigits(p.text))
	if !ok {
		return nil, ErrOddThreshold
	}
	if negative {
		n.Neg(n)
	}
	p.next()
	return n, nil
}

// decimalDigits drops leading zeros, which Go reads as octal and SQL does not,
// and refuses Go's other bases by leaving nothing.
func decimalDigits(text string) string {
	if strings.ContainsAny(text, "xbo_p") {
		return ""
	}
	trimmed := strings.TrimLeft(text, "0")
	if trimmed == "" || trimmed[0] < '0' || trimmed[0] > '9' {
		trimmed = "0" + trimmed
	}
	return trimmed
}
