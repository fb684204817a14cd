package twin

import (
	"strings"
)

// The classes that figures are made of.
const (
	Sale   = "sale"
	Return = "return"
	Guest  = "guest"
)

// catalogueInvoices is the number of invoices after which guests alone make a
// description a catalogue name.
const catalogueInvoices = 3

// Classify gives each line its class: that of the first rule which fits.
func (s *Seeds) Classify(lines []Line) []string {
	names := s.catalogue(lines)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = s.class(l, names[name{l.Code, l.Description}])
	}
	return out
}

func (s *Seeds) class(l Line, inCatalogue bool) string {
	evident := s.evidence(l, inCatalogue)
	switch {
	case s.dropped[l.Country]:
		return "unmapped_region"
	case l.Amount() == 0:
		return "zero_value"
	case l.Quantity < 0 || s.exact("invoice_prefix", prefix(l)) == Return:
		return Return
	case evident == "adjustment", evident == "" && l.Price < 0:
		return "adjustment"
	case evident == "bad_debt", evident == "suspicious", evident == "operational":
		return evident
	case l.Customer == "":
		return Guest
	}
	return Sale
}

func prefix(l Line) string {
	if l.Invoice == "" {
		return ""
	}
	return strings.ToUpper(l.Invoice[:1])
}

// evidence is what the line says of itself, the most exact first: a code, the
// invoice's prefix, the whole description, words in it.
func (s *Seeds) evidence(l Line, inCatalogue bool) string {
	if class := s.exact("stock_code", l.Code); class != "" {
		return class
	}
	if class := s.exact("invoice_prefix", prefix(l)); class != "" && class != Return {
		return class
	}
	if l.Description == "" {
		return ""
	}
	if class := s.exact("description", strings.Join(words(l.Description), " ")); class != "" {
		return class
	}
	if inCatalogue {
		return ""
	}
	return s.inWords(l.Description)
}

func (s *Seeds) exact(matchOn, text string) string {
	best := ""
	for _, r := range s.rules {
		if r.matchOn == matchOn && r.pattern == text {
			best = s.earlier(best, r.class)
		}
	}
	return best
}

// inWords is the class of the words in a description; "" when there are none.
func (s *Seeds) inWords(description string) string {
	best, text := "", words(description)
	for _, r := range s.rules {
		if r.matchOn == "word" && contains(text, strings.Fields(r.pattern)) {
			best = s.earlier(best, r.class)
		}
	}
	return best
}

func (s *Seeds) earlier(a, b string) string {
	if a != "" && s.order[a] < s.order[b] {
		return a
	}
	return b
}

// words are the runs of letters and digits of the alphabet, in small letters.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// contains says whether some words stand in a row in a text.
func contains(text, some []string) bool {
	for i := 0; i+len(some) <= len(text); i++ {
		same := true
		for j, w := range some {
			same = same && text[i+j] == w
		}
		if same {
			return true
		}
	}
	return false
}

type name struct{ code, description string }

// catalogue gives the names under which products were sold at a price, to a
// customer or on several invoices. Words in them are no notes.
func (s *Seeds) catalogue(lines []Line) map[name]bool {
	out := map[name]bool{}
	invoices := map[name]map[string]bool{}
	for _, l := range lines {
		if l.Description == "" || l.Quantity <= 0 || l.Price <= 0 {
			continue
		}
		n := name{l.Code, l.Description}
		if invoices[n] == nil {
			invoices[n] = map[string]bool{}
		}
		invoices[n][l.Invoice] = true
		if l.Customer != "" || len(invoices[n]) >= catalogueInvoices {
			out[n] = true
		}
	}
	return out
}
