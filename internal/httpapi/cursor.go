package httpapi

import (
	"encoding/base64"
	"encoding/json"

	"github.com/kith-analytics/kith/internal/fault"
)

// PageInput are the parameters of pages.
type PageInput struct {
	Cursor string `doc:"next_cursor of the page before; empty for the first" maxLength:"1000"      query:"cursor"`
	Limit  int    `default:"50"                                              doc:"items of a page" maximum:"500"  minimum:"1" query:"limit"`
}

// place is where a page ends: what it was sorted by, and the keys of its last item.
type place struct {
	Sort string    `json:"s,omitempty"`
	Keys []*string `json:"k"`
}

func (p *place) cursor() (string, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "the cursor cannot be made")
	}
	return base64.RawURLEncoding.EncodeToString(data), nil
}

// after reads a cursor of a list that is sorted so and has so many keys; nil for the
// first page.
func (in PageInput) after(sort string, keys int) (*place, error) {
	if in.Cursor == "" {
		return nil, nil //nolint:nilnil // the first page is after nothing
	}
	data, err := base64.RawURLEncoding.DecodeString(in.Cursor)
	var p place
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil || p.Sort != sort || len(p.Keys) != keys {
		return nil, fault.New(fault.Usage, "the cursor does not belong to this list").WithHint("begin with its first page")
	}
	return &p, nil
}

// limit is how many items a page has.
func (in PageInput) limit() int {
	if in.Limit <= 0 {
		return defaultLimit
	}
	return min(in.Limit, maxLimit)
}

// keysOf gives the keys as arguments, nil for each before the first page.
func (p *place) args(n int) []any {
	out := make([]any, n)
	if p == nil {
		return out
	}
	for i, k := range p.Keys {
		if k != nil {
			out[i] = *k
		}
	}
	return out
}
