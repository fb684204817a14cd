package httpapi

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
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

// keyKind says what a key of a cursor is. Cursors come from outside: a key that the
// engine cannot read would be an error of its, where it is one of who asks.
type keyKind int

const (
	textKey    keyKind = 1
	wholeKey   keyKind = 2 // of 64 bits
	decimalKey keyKind = 3 // with at most 34 digits before the point and 4 behind it
	floatKey   keyKind = 4
	dayKey     keyKind = 5
	momentKey  keyKind = 6 // as momentOf writes it

	// orNull is added to the kind of a key that is null for some items.
	orNull keyKind = 16
)

// The forms of keys.
const momentForm = "2006-01-02 15:04:05.000000"

var (
	decimalForm = regexp.MustCompile(`^-?\d{1,34}(\.\d{1,4})?$`)
	floatForm   = regexp.MustCompile(`^-?(\d+(\.\d+)?(e[+-]?\d+)?|inf|nan)$`)
)

// momentOf gives a moment as a key, with all the digits that the engine has.
func momentOf(t time.Time) string { return t.Format(momentForm) }

// fits says whether a key is of the kind.
func (kind keyKind) fits(key *string) bool {
	if key == nil {
		return kind&orNull != 0
	}
	var err error
	switch kind &^ orNull {
	case textKey:
	case wholeKey:
		_, err = strconv.ParseInt(*key, 10, 64)
	case decimalKey:
		return decimalForm.MatchString(*key)
	case floatKey:
		if !floatForm.MatchString(*key) {
			return false
		}
		_, err = strconv.ParseFloat(*key, 64)
	case dayKey:
		_, err = metric.ParseDay(*key)
	case momentKey:
		_, err = time.Parse(momentForm, *key)
	default:
		return false
	}
	return err == nil
}

// after reads a cursor of a list that is sorted so and whose keys are of these kinds;
// nil for the first page.
func (in PageInput) after(sort string, kinds ...keyKind) (*place, error) {
	if in.Cursor == "" {
		return nil, nil //nolint:nilnil // the first page is after nothing
	}
	data, err := base64.RawURLEncoding.DecodeString(in.Cursor)
	var p place
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	fits := err == nil && p.Sort == sort && len(p.Keys) == len(kinds)
	for i := 0; fits && i < len(kinds); i++ {
		fits = kinds[i].fits(p.Keys[i])
	}
	if !fits {
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

// args gives the keys as arguments, nil for each before the first page.
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
