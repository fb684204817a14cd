package httpapi

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// The headers that say of a table what JSON says beside its rows: that there are more of
// them, and where.
const (
	linkHeader      = "Link"
	cursorHeader    = "X-Next-Cursor"
	truncatedHeader = "X-Truncated"
)

// goesOn gives the headers of a table. The next page of a GET is an address; where the
// question stands in the body its cursor is given, to be put there.
func goesOn(op operation, r *http.Request, out any) map[string]string {
	var cursor string
	headers := map[string]string{}
	v, fields := reflect.ValueOf(out), fieldsOf(reflect.TypeOf(out))
	if index, ok := fields["next_cursor"]; ok && !op.whole {
		cursor = v.FieldByIndex(index).String()
	}
	if index, ok := fields["is_truncated"]; ok && v.FieldByIndex(index).Bool() {
		headers[truncatedHeader] = "true"
	}
	switch {
	case cursor == "":
	case op.method == http.MethodGet:
		query := r.URL.Query()
		query.Set("cursor", cursor)
		headers[linkHeader] = "<" + r.URL.EscapedPath() + "?" + query.Encode() + `>; rel="next"`
	default:
		headers[cursorHeader] = cursor
	}
	return headers
}

// goesOnHeaders describes the headers that goesOn gives for answers of a type.
func goesOnHeaders(op operation, t reflect.Type) map[string]*huma.Param {
	headers := map[string]*huma.Param{}
	fields := fieldsOf(t)
	if _, ok := fields["next_cursor"]; ok && !op.whole {
		if op.method == http.MethodGet {
			headers[linkHeader] = textHeader(`of CSV and Arrow: the address of the next page, as <...>; rel="next"; none at the end`)
		} else {
			headers[cursorHeader] = textHeader("of CSV and Arrow: next_cursor, for the body of the next question; none at the end")
		}
	}
	if _, ok := fields["is_truncated"]; ok {
		headers[truncatedHeader] = textHeader("of CSV and Arrow: true where rows were cut off at the limit; else it is missing")
	}
	return headers
}

func textHeader(description string) *huma.Param {
	return &huma.Param{Description: description, Schema: &huma.Schema{Type: huma.TypeString}}
}
