package jinja

import "math"

// tokenKind is the kind of a token. Operators have one kind each.
type tokenKind uint8

const (
	tokEOF tokenKind = iota
	tokData
	tokVarBegin
	tokVarEnd
	tokBlockBegin
	tokBlockEnd
	tokName
	tokInt
	tokFloat
	tokString
	tokAdd
	tokSub
	tokDiv
	tokFloorDiv
	tokMul
	tokMod
	tokPow
	tokTilde
	tokLBracket
	tokRBracket
	tokLParen
	tokRParen
	tokLBrace
	tokRBrace
	tokEq
	tokNe
	tokGt
	tokGe
	tokLt
	tokLe
	tokAssign
	tokDot
	tokColon
	tokPipe
	tokComma
	tokSemicolon
)

// token is one lexical unit. For tokData val is the text to print; for tokString
// it is the source between the quotes, not yet unescaped.
type token struct {
	kind tokenKind
	pos  int // byte offset of its first character
	end  int // byte offset after its last character
	val  string
}

// offset is a byte offset as the tree keeps it. A source beyond 2 GiB loses its
// places, not its sense.
func offset(pos int) int32 {
	return int32(min(pos, math.MaxInt32)) //nolint:gosec // bounded
}

// describe names a token kind as Jinja's messages do.
func (k tokenKind) describe() string {
	switch k {
	case tokEOF:
		return "end of template"
	case tokData:
		return "template data / text"
	case tokVarBegin:
		return "begin of print statement"
	case tokVarEnd:
		return "end of print statement"
	case tokBlockBegin:
		return "begin of statement block"
	case tokBlockEnd:
		return "end of statement block"
	case tokName:
		return "name"
	case tokInt:
		return "integer"
	case tokFloat:
		return "float"
	case tokString:
		return "string"
	default:
		return k.operator()
	}
}

// operator gives the characters of an operator kind.
func (k tokenKind) operator() string {
	const ops = "+  -  /  // *  %  ** ~  [  ]  (  )  {  }  == != >  >= <  <= =  .  :  |  ,  ;  "
	i := (int(k) - int(tokAdd)) * 3
	if k < tokAdd || i+3 > len(ops) {
		return "?"
	}
	s := ops[i : i+2]
	if s[1] == ' ' {
		s = s[:1]
	}
	return s
}

// describe names a token as Jinja's messages do: names by their text.
func (t token) describe() string {
	if t.kind == tokName {
		return t.val
	}
	return t.kind.describe()
}
