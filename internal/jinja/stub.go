// Package jinja renders Jinja templates with the value semantics of Python.
package jinja

import (
	"context"
	"errors"
	"github.com/kith-analytics/kith/internal/fault"
	"math/big"
)

type function struct{}

func Parse(name, src string, opts ...ParseOption) (*Template, error) {
	return nil, errors.New("not finished")
}
func (d *MacroDef) References() []Ref { return nil }
func (t *Template) References() []Ref { return nil }
func ExtractBlocks(name, src string, tags ...string) ([]Block, error) {
	return nil, errors.New("not finished")
}

type Runtime struct{}

func NewRuntime(ctx context.Context, opts Options) *Runtime { return &Runtime{} }
func (rt *Runtime) Render(t *Template, s Scope) (string, error) {
	return "", errors.New("not finished")
}
func (rt *Runtime) RenderNative(t *Template, s Scope) (Value, error) {
	return "", errors.New("not finished")
}
func (rt *Runtime) Call(fn Value, args Args) (Value, error) { return "", errors.New("not finished") }
func (rt *Runtime) Context() context.Context                { return context.Background() }
func (rt *Runtime) Stack() []fault.Frame                    { return nil }

type Macro struct {
	def   *MacroDef
	scope Scope
}

func NewMacro(def *MacroDef, scope Scope) *Macro { return &Macro{def: def, scope: scope} }
func (m *Macro) Def() *MacroDef                  { return m.def }
func ReturnFunc() *Func                          { return nil }
func Str(v Value) string                         { return "" }
func Repr(v Value) string                        { return "" }
func Equal(a, b Value) bool                      { return false }
func Iterate(v Value) (Iterator, error)          { return nil, errors.New("not finished") }
func Collect(v Value) ([]Value, error)           { return nil, errors.New("not finished") }
func FromGo(v any) Value                         { return v }
func ToGo(v Value) any                           { return v }
func ToJSON(v Value) ([]byte, error)             { return nil, nil }
func ParseLiteral(src string) (Value, error)     { return nil, nil }

type Decimal struct{}

func ParseDecimal(s string) (*Decimal, error) { return nil, nil }
func (d *Decimal) Sign() int                  { return 0 }
func (d *Decimal) hash() any                  { return 0 }
func (d *Decimal) Float64() float64           { return 0 }
func (d *Decimal) String() string             { return "" }

// NewDecimal makes the exact number unscaled / 10^scale.
func NewDecimal(unscaled *big.Int, scale int) *Decimal { return nil }
