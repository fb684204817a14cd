package generate

import (
	"math"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

// product is one stock-keeping unit.
type product struct {
	code, name string
	tariff     tariff
	// sold is when it was in the catalogue.
	sold span
	// festive products sell from September to Christmas only.
	festive bool
}

// catalogue holds the products, the best-selling first.
type catalogue struct{ products []product }

// form is a kind of article, with the middle of its price range in pence.
type form struct {
	noun  string
	price float64
}

// firstCode lies above all numbers in use in the public retail files.
const firstCode = 95_001

// newCatalogue draws n products for a log of the given days.
func newCatalogue(s *stream, n, days int) catalogue {
	c := catalogue{products: make([]product, 0, n)}
	seen := make(map[string]bool, n)
	code, suffix := firstCode, byte(0)
	for len(c.products) < n {
		f := draw.Choose(s, forms())
		name, festive := productName(s, f)
		if seen[name] {
			continue
		}
		seen[name] = true
		code, suffix = nextCode(s, code, suffix)
		p := product{
			name: name, festive: festive,
			tariff: newTariff(s, pricePoint(s.Lognormal(0.75*f.price, 0.35)), days),
			sold:   span{from: 0, to: days},
		}
		p.code = strconv.Itoa(code)
		if suffix != 0 {
			p.code += string(rune(suffix))
		}
		if s.Chance(0.22) {
			p.sold.from = s.Intn(days * 3 / 4)
		}
		if s.Chance(0.15) {
			p.sold.to = min(days, p.sold.from+days/4+s.Intn(days/2))
		}
		c.products = append(c.products, p)
	}
	return c
}

// nextCode gives the code after another. Colour variants share a number and
// have a letter, from A on; suffix 0 stands for none.
func nextCode(s *stream, code int, suffix byte) (int, byte) {
	switch {
	case suffix != 0 && suffix < 'F' && s.Chance(0.6):
		return code, suffix + 1
	case s.Chance(0.25):
		return code + 1, 'A'
	default:
		return code + 1, 0
	}
}

// catalogueSize grows with the log, up to what a shop of that kind can list.
func catalogueSize(rows int) int { return min(max(rows/30, 300), 4_200) }

// at gives the product at quantile u of the trade. Popularity by rank follows
// (rank/n + q)^-s with s = 3/2 (Zipf-Mandelbrot), whose distribution function
// inverts in closed form; q = 0.06 gives a tenth of the products about half of
// the lines.
func (c catalogue) at(u float64) *product {
	const q = 0.06
	top, tail := 1/math.Sqrt(q), 1/math.Sqrt(1+q)
	root := 1 / (top - u*(top-tail))
	rank := int((root*root - q) * float64(len(c.products)))
	return &c.products[min(max(rank, 0), len(c.products)-1)]
}

// onSale says whether the product can be bought on the day.
func (p *product) onSale(day int, date time.Time) bool {
	if p.festive && (date.Month() < time.September || date.Month() == time.December && date.Day() > 20) {
		return false
	}
	return p.sold.holds(day)
}
