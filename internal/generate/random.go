package generate

import "github.com/kith-analytics/kith/internal/generate/draw"

// purpose tells streams apart, so that a change to one part of the generator
// leaves the draws of the others alone.
type purpose uint64

const (
	forCatalogue purpose = iota + 1
	forTraits
	forClock
	forTaste
	forTimetable
	forBaskets
)

type stream = draw.Stream

// newStream gives the stream of one purpose, and of one thing (a customer)
// where the purpose has several.
func newStream(seed uint64, p purpose, thing int) stream {
	return draw.New(seed, uint64(p), uint64(thing)) //nolint:gosec // things are counted from 0
}
