package httpapi

import (
	"mime"
	"strconv"
	"strings"
)

// accepted gives the form that an Accept header wants most, of those that a table has.
// Of forms that are wanted alike it is the one that is named first, and JSON where
// nothing fits: an answer of another kind is better than none.
func accepted(header string) string {
	if strings.TrimSpace(header) == "" {
		return jsonType
	}
	best, most := jsonType, wish{}
	for _, form := range []string{jsonType, csvType, arrowType} {
		if w := wishFor(form, header); w.quality > most.quality || w.quality == most.quality && w.quality > 0 && w.position < most.position {
			best, most = form, w
		}
	}
	return best
}

// wish is how much a form is wanted: 0 for not at all, 1 for most.
type wish struct {
	quality  float64
	position int // of the range in the header that says so
	// exact is how closely the range names the form: 1 for all, 2 for its family, 3 for it.
	exact int
}

// wishFor finds what a header says of a form. Of several ranges the closest one holds.
func wishFor(form, header string) (best wish) {
	family, _, _ := strings.Cut(form, "/")
	ranges := map[string]int{"*/*": 1, family + "/*": 2, form: 3}
	position := 0
	for part := range strings.SplitSeq(header, ",") {
		position++
		kind, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || ranges[kind] <= best.exact {
			continue
		}
		quality := 1.0
		if text, given := params["q"]; given {
			if quality, err = strconv.ParseFloat(text, 64); err != nil || !(quality >= 0 && quality <= 1) {
				continue
			}
		}
		best = wish{quality: quality, position: position, exact: ranges[kind]}
	}
	return best
}
