package jinja

// expr is an expression of the resolved tree. eval must not keep f.
type expr interface {
	eval(f *frame) (Value, error)
}

// stmt is a statement of the resolved tree.
type stmt interface {
	exec(f *frame) (flow, error)
}

// flow says how a statement ended.
type flow uint8

const (
	flowNext flow = iota
	flowBreak
	flowContinue
)

// The expressions. pos is the byte offset shown in errors.
type (
	constExpr struct{ val Value }
	nameExpr  struct {
		name  string
		pos   int32
		depth int32  // functions between the use and the variable
		slot  int32  // -1 for a global
		scope *scope // where it is read; after link, the scope that has the variable
	}
	listExpr  struct{ items []expr }
	tupleExpr struct{ items []expr }
	dictExpr  struct {
		keys, vals []expr
		pos        int32
	}
	condExpr struct{ test, then, other expr } // other may be nil
	andExpr  struct{ left, right expr }
	orExpr   struct{ left, right expr }
	notExpr  struct{ x expr }
	signExpr struct {
		x   expr
		neg bool
		pos int32
	}
	binExpr struct {
		op          Op
		pos         int32
		left, right expr
	}
	concatExpr  struct{ parts []expr }
	compareExpr struct {
		first expr
		ops   []comparison
		pos   int32
	}
	comparison struct {
		op    cmpOp
		right expr
	}
	attrExpr struct {
		x    expr
		name string
		pos  int32
	}
	itemExpr struct {
		x, key expr
		pos    int32
	}
	sliceExpr struct {
		x                 expr
		start, stop, step expr // nil when left out
		pos               int32
	}
	callExpr struct {
		fn   expr
		args callArgs
		pos  int32
	}
	filterExpr struct {
		x    expr // nil inside a filter block until it runs
		name string
		fn   filterFunc
		args callArgs
		pos  int32
	}
	testExpr struct {
		x    expr
		name string
		fn   testFunc
		args callArgs
		neg  bool
		pos  int32
	}
)

// callArgs are the arguments of a call as written.
type callArgs struct {
	pos    []expr
	kw     []kwExpr
	star   expr // *args
	kwStar expr // **kwargs
}

type kwExpr struct {
	name string
	val  expr
	src  string // val as written
}

func (a *callArgs) plain() bool {
	return len(a.kw) == 0 && a.star == nil && a.kwStar == nil
}

type cmpOp uint8

const (
	cmpEq cmpOp = iota
	cmpNe
	cmpLt
	cmpLe
	cmpGt
	cmpGe
	cmpIn
	cmpNotIn
)

func (c cmpOp) String() string {
	switch c {
	case cmpEq:
		return "=="
	case cmpNe:
		return "!="
	case cmpLt:
		return "<"
	case cmpLe:
		return "<="
	case cmpGt:
		return ">"
	case cmpGe:
		return ">="
	case cmpIn:
		return "in"
	default:
		return "not in"
	}
}

// The statements.
type (
	textStmt struct{ text string }
	outStmt  struct {
		x        expr
		pos      int32
		constant bool // Jinja would fold it into text
		escape   bool // inside autoescape true
	}
	setStmt struct {
		target target
		x      expr
		pos    int32
	}
	setBlockStmt struct {
		target  target
		filters []*filterExpr
		body    body
		pos     int32
	}
	ifStmt struct {
		branches []ifBranch
		other    []stmt
	}
	ifBranch struct {
		test expr
		body []stmt
	}
	forStmt struct {
		target  target
		iter    expr
		filter  expr   // nil without an if
		fTarget target // the target of the filter's own scope
		body    body
		other   body

		recursive *function
		pos       int32
	}
	macroStmt struct {
		slot int32
		fn   *function
	}
	callStmt struct {
		call *callExpr
		fn   *function
		pos  int32
	}
	filterStmt struct {
		filters []*filterExpr
		body    body
		pos     int32
	}
	withStmt struct {
		targets []target
		vals    []expr
		body    body
		pos     int32
	}
	doStmt       struct{ x expr }
	breakStmt    struct{}
	continueStmt struct{}
	scopeStmt    struct{ body body }
)

// body is a block with its own scope.
type body struct {
	stmts []stmt
	scope *scope // where it is read; after link, the scope that has the variable
}

// target is what an assignment writes to.
type target interface {
	assign(f *frame, v Value) error
}

type (
	nameTarget struct {
		name string
		slot int32
	}
	tupleTarget struct {
		items []target
		pos   int32
	}
	attrTarget struct {
		obj  *nameExpr
		attr string
		pos  int32
	}
)

// function is a body that runs in a frame of its own: a template, a macro, the
// inside of a call block, or a recursive loop.
type function struct {
	name   string
	tmpl   *Template
	params []param
	scope  *scope
	body   []stmt
	slots  int

	// The slots of the names a macro gets without declaring them, or -1.
	callerSlot, varargsSlot, kwargsSlot int32
	// Which of them a macro accepts: also those used by functions inside it.
	catchCaller, catchVarargs, catchKwargs bool
	explicitCaller                         bool
	pos                                    int32
	def                                    *MacroDef // nil for what no macro block defines
}

type param struct {
	name string
	slot int32
	def  expr // nil for a parameter without default
}
