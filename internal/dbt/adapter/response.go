package adapter

import "github.com/kith-analytics/kith/internal/jinja"

// Response is what the engine said about a statement: dbt's adapter_response.
type Response struct {
	Message string // "OK"
	Code    string // "" when not given
	// RowsAffected is nil when not given.
	RowsAffected *int64
}

// Dict gives the response as run_results.json has it; what is not known is left out.
func (r Response) Dict() *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("_message", r.Message)
	if r.Code != "" {
		d.SetStr("code", r.Code)
	}
	if r.RowsAffected != nil {
		d.SetStr("rows_affected", *r.RowsAffected)
	}
	return d
}

// Str gives the message.
func (r Response) Str() string { return r.Message }

// GetAttr gives _message, message, code, rows_affected and query_id; what is not
// known is none.
func (r Response) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "_message", "message":
		return r.Message, true, nil
	case "code":
		return orNone(r.Code), true, nil
	case "rows_affected":
		if r.RowsAffected == nil {
			return nil, true, nil
		}
		return *r.RowsAffected, true, nil
	case "query_id":
		return nil, true, nil
	}
	return nil, false, nil
}

// GetItem gives the same as GetAttr.
func (r Response) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	name, _ := key.(string)
	return r.GetAttr(rt, name)
}

// TypeName is dbt's.
func (Response) TypeName() string { return "AdapterResponse" }

func orNone(s string) jinja.Value {
	if s == "" {
		return nil
	}
	return s
}
