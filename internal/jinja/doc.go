// Package jinja is a Jinja2 template engine with the value semantics of Python:
// lists and dicts are shared by reference and keep their order, numbers, strings
// and errors read as Python's, and macros, filters and tests behave as in Jinja
// 3.1. It knows templates; what ref() or config() mean is the host's business.
//
// # Data flow
//
//	source ──lexer──▶ tokens ──parser──▶ tree ──link──▶ Template
//	                                                     │
//	     Scope (global names) ──▶ Runtime ◀──────────────┘
//	                                │
//	                   one output buffer, or native values
//
// The lexer (lexer.go, lexer_tag.go) yields text with whitespace control applied
// and the tokens inside tags. The parser (parser*.go) builds the tree (ast.go)
// and opens lexical scopes as it goes (scopes.go); when the whole source is read,
// link gives every name its slot in a frame, so that rendering looks up global
// names only. The tree runs itself (eval.go, exec.go, loop.go, call.go): each
// node evaluates against a frame, and a function body — template, macro, inside
// of a call block, recursive loop — has a frame of its own, which functions
// defined inside it share. All output goes to one buffer of the Runtime; a macro
// cuts its part off the end.
//
// A Template and its MacroDefs never change and may be shared. A Runtime serves
// one goroutine and carries the limits of everything it renders, so that no
// template can hang the process, exhaust its memory or overflow its stack.
//
// # Macros of a host
//
// A host that keeps macros of many files takes the definitions from
// Template.Macros, binds each to the global names it may see with NewMacro, and
// puts them into the scopes of others. ReturnFunc gives macros a return().
//
// # Errors
//
// Errors are *fault.Error with the file, line and column of the node that failed
// and the stack of macros that led there. Messages use Python's and Jinja's
// words. Errors of host functions keep their code and get a place once.
//
// # Differences from Jinja2
//
//   - include, import and extends are errors; block prints in place.
//   - Constant expressions are computed on each use: Jinja computes them once,
//     which shows where [[]] * 3 is changed later.
//   - repr of methods, functions and generators shows no address.
//   - An expression may nest 250 levels, and one chain of operators, items or
//     filters may have 2,000 links.
//   - Integers are bounded to 2^18 bits; results beyond are an OverflowError.
//     Powers of negative numbers to fractions are errors: there are no complex
//     numbers, and no bytes.
//   - Sets keep the order of insertion.
//   - A trailing comma in a macro's parameters, and a type annotation as dbt has
//     it, are taken; a test may be followed by an inline if.
//   - Dates and other rich values are host objects (see Object).
package jinja
