package jinja

import (
	"math"
	"math/big"
	"strings"
)

// Equal is Python's a == b. Values nested too deeply to compare are unequal.
func Equal(a, b Value) bool {
	c := comparer{budget: maxCompared}
	ok := c.equal(a, b)
	return ok && c.err == nil
}

// maxCompared bounds the items visited by one comparison.
const maxCompared = 5_000_000

// comparer compares nested values with a bound on the work.
type comparer struct {
	budget int
	depth  int
	err    error
}

func equalErr(a, b Value) (bool, error) {
	c := comparer{budget: maxCompared}
	ok := c.equal(a, b)
	return ok, c.err
}

func (c *comparer) equal(a, b Value) bool {
	if c.err != nil {
		return false
	}
	switch x := a.(type) {
	case string:
		y, ok := textOf(b)
		if ok {
			return x == y
		}
	case nil:
		if b == nil {
			return true
		}
	case int64:
		if y, ok := b.(int64); ok {
			return x == y
		}
	case *List:
		if y, ok := b.(*List); ok {
			return x == y || c.items(x.Items, y.Items)
		}
		if _, ok := b.(Equaler); !ok {
			return false
		}
	case Tuple:
		if y, ok := b.(Tuple); ok {
			return c.items(x, y)
		}
	case *Dict:
		if y, ok := b.(*Dict); ok {
			return x == y || c.dicts(x, y)
		}
	case *Undefined:
		_, ok := b.(*Undefined)
		return ok
	case Markup:
		y, ok := textOf(b)
		return ok && string(x) == y
	case *Set:
		y, ok := b.(*Set)
		if !ok || x.Len() != y.Len() {
			return false
		}
		for _, it := range x.Items() {
			if has, err := y.Has(it); err != nil || !has {
				return false
			}
		}
		return true
	case Equaler:
		return x.Equal(b)
	}
	if y, ok := b.(Equaler); ok {
		return y.Equal(a)
	}
	if isNumber(a) && isNumber(b) {
		cmp, ok := compareNumbers(a, b)
		return ok && cmp == 0
	}
	return sameObject(a, b)
}

func (c *comparer) items(a, b []Value) bool {
	if len(a) != len(b) || !c.down() {
		return false
	}
	defer c.up()
	c.budget -= len(a)
	for i := range a {
		if !sameFast(a[i], b[i]) && !c.equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func (c *comparer) dicts(a, b *Dict) bool {
	if a.Len() != b.Len() || !c.down() {
		return false
	}
	defer c.up()
	c.budget -= a.live
	for i := range a.entries {
		e := &a.entries[i]
		if e.hash == nil {
			continue
		}
		j := b.find(e.hash)
		if j < 0 || !sameFast(e.val, b.entries[j].val) && !c.equal(e.val, b.entries[j].val) {
			return false
		}
	}
	return true
}

func (c *comparer) down() bool {
	c.depth++
	if c.depth > maxValueDepth || c.budget <= 0 {
		c.err = errRecursion()
		return false
	}
	return true
}

func (c *comparer) up() { c.depth-- }

// sameFast says whether two values are the same container, without looking into
// them.
func sameFast(a, b Value) bool {
	switch x := a.(type) {
	case *List:
		y, ok := b.(*List)
		return ok && x == y
	case *Dict:
		y, ok := b.(*Dict)
		return ok && x == y
	}
	return false
}

// sameObject is identity for values that are not compared by content.
func sameObject(a, b Value) bool {
	switch a.(type) {
	case Tuple, *List, *Dict, *Set, string, nil:
		return false
	}
	if !hasIdentity(a) || !hasIdentity(b) {
		return false
	}
	return a == b
}

func isNumber(v Value) bool {
	switch v.(type) {
	case bool, int64, float64, *big.Int, *Decimal:
		return true
	}
	return false
}

// compareNumbers orders two numbers exactly. NaN has no order.
func compareNumbers(a, b Value) (int, bool) {
	x, xi := asInt64(a)
	y, yi := asInt64(b)
	if xi && yi {
		return cmpInt(x, y), true
	}
	fa, aFloat := a.(float64)
	fb, bFloat := b.(float64)
	if aFloat && math.IsNaN(fa) || bFloat && math.IsNaN(fb) {
		return 0, false
	}
	if aFloat && bFloat {
		return cmpFloat(fa, fb), true
	}
	if aFloat && math.IsInf(fa, 0) {
		return int(math.Copysign(1, fa)), true
	}
	if bFloat && math.IsInf(fb, 0) {
		return -int(math.Copysign(1, fb)), true
	}
	if aFloat && yi && math.Abs(fa) < 1<<53 && y < 1<<53 && y > -(1<<53) {
		return cmpFloat(fa, float64(y)), true
	}
	if bFloat && xi && math.Abs(fb) < 1<<53 && x < 1<<53 && x > -(1<<53) {
		return cmpFloat(float64(x), fb), true
	}
	return toRat(a).Cmp(toRat(b)), true
}

func cmpInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// order is Python's ordering of two values: -1, 0 or 1. op names the operator in
// the error for values that have none.
func order(a, b Value, op string) (int, bool, error) {
	return orderDepth(a, b, op, 0)
}

func orderDepth(a, b Value, op string, depth int) (int, bool, error) {
	if depth > maxValueDepth {
		return 0, false, errRecursion()
	}
	if x, ok := textOf(a); ok {
		if y, ok := textOf(b); ok {
			return strings.Compare(x, y), true, nil
		}
	}
	if isNumber(a) && isNumber(b) {
		c, ok := compareNumbers(a, b)
		return c, ok, nil
	}
	if x, ok := a.(*List); ok {
		if y, ok := b.(*List); ok {
			return orderItems(x.Items, y.Items, op, depth)
		}
	}
	if x, ok := a.(Tuple); ok {
		if y, ok := b.(Tuple); ok {
			return orderItems(x, y, op, depth)
		}
	}
	if x, ok := a.(Orderer); ok {
		if c, ok := x.Compare(b); ok {
			return c, true, nil
		}
	}
	if y, ok := b.(Orderer); ok {
		if c, ok := y.Compare(a); ok {
			return -c, true, nil
		}
	}
	for _, v := range [2]Value{a, b} {
		if u, ok := v.(*Undefined); ok {
			return 0, false, u.fail()
		}
	}
	return 0, false, typeErrorf("'%s' not supported between instances of '%s' and '%s'", op, TypeName(a), TypeName(b))
}

func orderItems(a, b []Value, op string, depth int) (int, bool, error) {
	for i := 0; i < len(a) && i < len(b); i++ {
		if sameFast(a[i], b[i]) || Equal(a[i], b[i]) {
			continue
		}
		return orderDepth(a[i], b[i], op, depth+1)
	}
	return cmpInt(int64(len(a)), int64(len(b))), true, nil
}

// compare evaluates one comparison operator.
func compare(rt *Runtime, op cmpOp, a, b Value) (bool, error) {
	switch op {
	case cmpEq, cmpNe:
		if err := rt.tick(); err != nil {
			return false, err
		}
		eq, err := equalErr(a, b)
		return eq == (op == cmpEq), err
	case cmpIn, cmpNotIn:
		has, err := contains(rt, b, a)
		return has == (op == cmpIn), err
	default:
	}
	if x, ok := a.(*Set); ok {
		if y, ok := b.(*Set); ok {
			return compareSets(op, x, y)
		}
	}
	c, ok, err := order(a, b, op.String())
	if err != nil || !ok {
		return false, err
	}
	switch op {
	case cmpLt:
		return c < 0, nil
	case cmpLe:
		return c <= 0, nil
	case cmpGt:
		return c > 0, nil
	default:
		return c >= 0, nil
	}
}

// compareSets is Python's order of sets: by inclusion.
func compareSets(op cmpOp, a, b *Set) (bool, error) {
	if op == cmpGt || op == cmpGe {
		a, b = b, a
	}
	if a.Len() > b.Len() || (op == cmpLt || op == cmpGt) && a.Len() == b.Len() {
		return false, nil
	}
	for _, it := range a.Items() {
		if has, err := b.Has(it); err != nil || !has {
			return false, err
		}
	}
	return true, nil
}

// contains is Python's `v in box`.
func contains(rt *Runtime, box, v Value) (bool, error) {
	switch x := box.(type) {
	case string, Markup:
		text, _ := textOf(x)
		part, ok := textOf(v)
		if !ok {
			if u, isUndef := v.(*Undefined); isUndef && u.mode == Silent {
				return false, nil
			}
			return false, typeErrorf("'in <string>' requires string as left operand, not %s", TypeName(v))
		}
		if err := rt.work(len(text) >> 6); err != nil {
			return false, err
		}
		return strings.Contains(text, part), nil
	case *Dict:
		_, ok, err := x.Get(v)
		return ok, err
	case *Set:
		return x.Has(v)
	case Container:
		return x.Contains(rt, v)
	case *Undefined:
		return false, nil
	}
	var c cursor
	if !canIterate(box) {
		return false, typeErrorf("argument of type '%s' is not iterable", TypeName(box))
	}
	if err := c.start(rt, box); err != nil {
		return false, err
	}
	for n := 0; ; n++ {
		it, ok, err := c.next()
		if err != nil || !ok {
			return false, err
		}
		if n&7 == 7 {
			if err := rt.tick(); err != nil {
				return false, err
			}
		}
		if sameFast(it, v) {
			return true, nil
		}
		if eq, err := equalErr(it, v); err != nil || eq {
			return eq, err
		}
	}
}
