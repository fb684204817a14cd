package httpapi

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/kith-analytics/kith/internal/fault"
)

// What huma refuses before an operation is asked (a parameter out of its bounds, a body
// that is no JSON) becomes a problem as it is written: by a transformer and a context of
// this API. huma.NewError would do it in one place too, but it is a variable of the
// package, and two APIs in one process would share it.

// humaContext is huma's context under a name that does not hide its method Context.
type humaContext huma.Context

// malformed has what is wrong with a request answered with 400, wherever it stands: huma
// says 422 of a body and of parameters, and 500 of a body that breaks off. Operations
// write their own answers and give huma no errors, so that nothing else has these.
type malformed struct{ humaContext }

// SetStatus begins the answer.
func (c malformed) SetStatus(code int) { c.humaContext.SetStatus(malformedStatus(code)) }

// Unwrap gives the context beneath, whose request and writer operations take.
func (c malformed) Unwrap() huma.Context { return c.humaContext }

func malformedStatus(code int) int {
	if code == http.StatusUnprocessableEntity || code == http.StatusInternalServerError {
		return http.StatusBadRequest
	}
	return code
}

// refused makes a problem of huma's error. Of what was sent it says only where the fault is.
func refused(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	ctx.SetHeader("Cache-Control", "no-store")
	f := fault.New(fault.Usage, "%s", refusal(m))
	status := malformedStatus(m.Status)
	switch status {
	case http.StatusRequestEntityTooLarge:
		f.Message = fmt.Sprintf("the body is too large: %d bytes and more are not read", maxBody)
		_ = f.WithHint("ask for less at once")
	case http.StatusUnsupportedMediaType:
		_ = f.WithHint("send JSON, with Content-Type: application/json")
	default:
		_ = f.WithHint("see /docs for what the address takes")
	}
	p := problem(ctx.Context(), f)
	p.Status, p.Title = status, http.StatusText(status)
	return p, nil
}

// Bounds of a refusal: a body can have a thousand faults, and one can quote it.
const (
	refusalsMost = 3
	refusalBytes = 400
)

// refusal names the fields at fault and the rule of each in one line.
func refusal(m *huma.ErrorModel) string {
	var rules []string
	for i, e := range m.Errors {
		if i == refusalsMost {
			rules = append(rules, fmt.Sprintf("and %d more", len(m.Errors)-i))
			break
		}
		rule := e.Message
		if e.Location != "" {
			rule = e.Location + ": " + rule
		}
		if len(rule) > refusalBytes {
			rule = strings.ToValidUTF8(rule[:refusalBytes], "") + "..."
		}
		rules = append(rules, rule)
	}
	if len(rules) == 0 {
		rules = append(rules, m.Detail)
	}
	return strings.Join(strings.Fields(strings.Join(rules, "; ")), " ")
}
