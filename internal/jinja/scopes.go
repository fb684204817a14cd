package jinja

// scope is a lexical scope while parsing, and the list of variables to set up
// on entry while rendering. For, with, call, macro, filter and block-set bodies
// open scopes; if does not.
type scope struct {
	parent *scope
	fn     *function
	vars   []variable
	inits  []slotInit
	kind   scopeKind
	loop   int32 // slot of the loop variable, -1 until used
}

type scopeKind uint8

const (
	scopePlain scopeKind = iota
	scopeFunction
	scopeLoop
)

type variable struct {
	name string
	slot int32
	// bound variables (parameters, loop targets) are always written on entry.
	bound bool
}

// slotInit sets a slot on entry to its outer variable's value, for a name that
// the scope may or may not assign.
type slotInit struct {
	slot  int32
	depth int32
	outer int32 // -1: nothing yet
}

func newScope(parent *scope, fn *function, kind scopeKind) *scope {
	return &scope{parent: parent, fn: fn, kind: kind, loop: -1}
}

// local gives the slot of a name of this very scope.
func (s *scope) local(name string) int32 {
	for i := range s.vars {
		if s.vars[i].name == name {
			return s.vars[i].slot
		}
	}
	return -1
}

// declare gives the slot of a name that this scope assigns.
func (s *scope) declare(name string, bound bool) int32 {
	if slot := s.local(name); slot >= 0 {
		return slot
	}
	slot := s.fn.newSlot()
	s.vars = append(s.vars, variable{name: name, slot: slot, bound: bound})
	return slot
}

func (fn *function) newSlot() int32 {
	fn.slots++
	return offset(fn.slots - 1)
}

// lookup finds the variable that name means in s: its slot, the number of
// function borders between, and the scope that has it. A global has slot -1.
func (s *scope) lookup(name string) (depth, slot int32, owner *scope) {
	special := name == "loop"
	for sc := s; sc != nil; sc = sc.parent {
		if slot := sc.local(name); slot >= 0 {
			return depth, slot, sc
		}
		if special && sc.kind == scopeLoop {
			if sc.loop < 0 {
				sc.loop = sc.fn.newSlot()
			}
			return depth, sc.loop, sc
		}
		if sc.kind == scopeFunction {
			if slot := sc.fn.implicit(name); slot >= 0 {
				return depth, slot, sc
			}
			depth++
		}
	}
	return 0, -1, nil
}

// implicit gives the slot of caller, varargs or kwargs in a macro.
func (fn *function) implicit(name string) int32 {
	switch name {
	case "caller":
		return fn.callerSlot
	case "varargs":
		return fn.varargsSlot
	case "kwargs":
		return fn.kwargsSlot
	}
	return -1
}

// isImplicit says whether a macro gets name without declaring it.
func isImplicit(name string) bool {
	return name == "caller" || name == "varargs" || name == "kwargs"
}

// markImplicit gives every macro around the use of an implicit name a slot for
// it, up to one that declares the name itself.
func (s *scope) markImplicit(name string) {
	for sc := s; sc != nil; sc = sc.parent {
		if sc.local(name) >= 0 {
			return
		}
		if sc.kind != scopeFunction || sc.parent == nil {
			continue
		}
		switch name {
		case "caller":
			sc.fn.catchCaller = true
			if sc.fn.callerSlot < 0 {
				sc.fn.callerSlot = sc.fn.newSlot()
			}
		case "varargs":
			sc.fn.catchVarargs = true
			if sc.fn.varargsSlot < 0 {
				sc.fn.varargsSlot = sc.fn.newSlot()
			}
		case "kwargs":
			sc.fn.catchKwargs = true
			if sc.fn.kwargsSlot < 0 {
				sc.fn.kwargsSlot = sc.fn.newSlot()
			}
		}
	}
}

// link resolves every name of the template, once all scopes are known.
func link(names []*nameExpr, scopes []*scope) {
	for _, n := range names {
		if isImplicit(n.name) {
			n.scope.markImplicit(n.name)
		}
	}
	for _, n := range names {
		n.depth, n.slot, n.scope = n.scope.lookup(n.name)
	}
	for _, sc := range scopes {
		for _, v := range sc.vars {
			if v.bound {
				continue
			}
			if sc.parent == nil {
				continue
			}
			border := int32(0)
			if sc.kind == scopeFunction {
				border = 1
			}
			depth, outer, _ := sc.parent.lookup(v.name)
			init := slotInit{slot: v.slot, outer: outer, depth: depth + border}
			if outer < 0 && sc.kind == scopeFunction {
				continue // a fresh frame has nothing in its slots anyway
			}
			sc.inits = append(sc.inits, init)
		}
	}
}
