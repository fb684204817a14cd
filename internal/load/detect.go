package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// AsIs is the source that takes the columns of a file as they are.
const AsIs = "none"

// header finds the columns of a file by their bare names.
type header map[string][]int

func headerOf(names []string) header {
	h := make(header, len(names))
	for i, name := range names {
		h[bare(name)] = append(h[bare(name)], i)
	}
	return h
}

// find gives the places of a column among those of a file: all that have the first
// of its names that is there.
func (h header) find(c *MappingColumn, ownFirst bool) []int {
	if at := h[bare(c.To)]; ownFirst && len(at) > 0 {
		return at
	}
	return h.first(append(slices.Clone(c.From), c.To))
}

func (h header) first(names []string) []int {
	for _, name := range names {
		if at := h[bare(name)]; len(at) > 0 {
			return at
		}
	}
	return nil
}

// fit is how well a preset suits the columns of a file.
type fit struct {
	mapping *Mapping
	own     int  // columns of the file that it knows by names of its own
	exact   int  // of those, the ones that are named as the table's column
	whole   bool // all that it requires is there
	certain bool // and by names of its own
}

func (m *Mapping) fit(h header) fit {
	f := fit{mapping: m, whole: true, certain: true}
	own, there := map[string]bool{}, map[string]bool{}
	for i := range m.Columns {
		c := &m.Columns[i]
		if len(h.find(c, m.shipped)) > 0 {
			f.own++
			own[c.To], there[c.To] = true, true
			if len(h[bare(c.To)]) > 0 {
				f.exact++
			}
		} else if len(h.first(c.Generic)) > 0 {
			there[c.To] = true
		}
		if c.Required {
			f.whole, f.certain = f.whole && there[c.To], f.certain && own[c.To]
		}
	}
	f.whole = f.whole && m.hasOneOf(there)
	f.certain = f.certain && m.hasOneOf(own)
	return f
}

// hasOneOf says whether all columns of one group are there.
func (m *Mapping) hasOneOf(there map[string]bool) bool {
	return len(m.OneOf) == 0 || slices.ContainsFunc(m.OneOf, func(group []string) bool {
		return !slices.ContainsFunc(group, func(name string) bool { return !there[name] })
	})
}

const (
	// fewColumns is how many columns a preset must know where others are in the file.
	fewColumns = 3
	// manyColumns are evidence enough, whatever else is in the file.
	manyColumns = 6
)

// sure says whether the preset may be taken unasked: all that it requires is there
// by names of its own, and it knows all columns of the file, or half of them, or
// many. Where it knows many and half, generic names do for what it requires.
func (f fit) sure(columns int) bool {
	half, many := 2*f.own >= columns, f.own >= manyColumns
	return f.certain && f.own > 1 && (f.own == columns || f.own >= fewColumns && half || many) || f.whole && many && half
}

// likely says whether a person should decide: much is there, but what is required
// only by names that other files have too.
func (f fit) likely(columns int) bool {
	return f.whole && f.own >= fewColumns && 2*f.own >= columns
}

// detect gives the preset that suits the columns best, or none. Where two suit
// alike, or one only likely, nothing is taken: an error says what there is to choose.
// The note tells of a preset that suits too little.
func detect(all []*Mapping, names []string) (m *Mapping, note string, err *fault.Error) {
	h := headerOf(names)
	var fits []fit
	for _, m := range all {
		if f := m.fit(h); f.whole && f.own > 0 {
			fits = append(fits, f)
		}
	}
	sure := map[string]bool{}
	for _, f := range fits {
		sure[f.mapping.Source] = f.certain && f.sure(len(names))
	}
	fits = slices.DeleteFunc(fits, func(f fit) bool { return sure[f.mapping.YieldsTo] })
	slices.SortStableFunc(fits, func(a, b fit) int {
		if sure := order(b.sure(len(names)), a.sure(len(names))); sure != 0 {
			return sure
		}
		if a.own != b.own {
			return b.own - a.own
		}
		return b.exact - a.exact
	})
	if len(fits) == 0 {
		return nil, "", nil
	}
	best := fits[0]
	switch {
	case best.sure(len(names)):
		if len(fits) > 1 && fits[1].sure(len(names)) && fits[1].own == best.own && fits[1].exact == best.exact {
			return nil, "", fault.New(fault.Invalid, "the columns are those of %s and of %s", best.mapping.Source, fits[1].mapping.Source).
				WithHint("name the one, as in `kith load %s FILE`, or take the columns as they are with --preset %s", best.mapping.Source, AsIs)
		}
		return best.mapping, "", nil
	case best.likely(len(names)):
		return nil, "", fault.New(fault.Invalid, "the columns may be those of %s, but are not sure to be: %d of %d are known", best.mapping.Source, best.own, len(names)).
			WithHint("say so with `kith load %s FILE`, or take the columns as they are with --preset %s", best.mapping.Source, AsIs)
	case best.certain:
		return nil, fmt.Sprintf("taken as it is; if this is %s, of whose columns it has %d, name it: kith load %s FILE",
			best.mapping.Source, best.own, best.mapping.Source), nil
	}
	return nil, "", nil
}

// order compares false and true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// decide gives the mapping of the file: the request's own, the named preset, the
// detected one, or none. It decides once, when the names of the columns are known.
func (p *FilePlan) decide(r Request) (*Mapping, error) {
	if p.decided {
		return p.mapping, nil
	}
	m, note, err := r.choose(p.names)
	if err != nil {
		if err.File == "" {
			err = err.At(p.Path, 0)
		}
		return nil, err
	}
	if note != "" {
		p.Notes = append(p.Notes, note)
	}
	p.mapping, p.decided = m, true
	return m, nil
}

func (r Request) choose(names []string) (m *Mapping, note string, err *fault.Error) {
	switch {
	case r.Mapping != nil:
		m := *r.Mapping
		m.Columns = slices.Clone(m.Columns)
		return &m, "", m.check()
	case r.Source == AsIs:
		return nil, "", nil
	case r.Source != "":
		for _, m := range r.presets {
			if m.named(r.Source) {
				return m, "", nil
			}
		}
		return nil, "", nil
	}
	m, note, err = detect(r.presets, names)
	if err != nil && r.Table != "" {
		return nil, "taken as it is: " + err.Message, nil // the table says that no preset's is meant
	}
	return m, note, err
}

// prepared reads the presets, and checks what the request names.
func (r Request) prepared() (Request, error) {
	var err error
	if r.presets, err = Presets(); err != nil {
		return r, err
	}
	if r.Dates != "" && r.Dates != "dmy" && r.Dates != "mdy" {
		return r, fault.New(fault.Usage, "the order of dates is %q", r.Dates).WithHint("use dmy or mdy")
	}
	var m *Mapping
	switch {
	case r.Mapping != nil:
		m = r.Mapping
	case r.Source == AsIs:
	case r.Source != "" && (r.Table == "" || len(r.From)+len(r.Set) > 0):
		if m, err = byName(r.presets, r.Source); err != nil {
			return r, err
		}
	}
	if m == nil && len(r.From)+len(r.Set) > 0 {
		return r, fault.New(fault.Usage, "columns are named, and no source that has them").WithHint("name the source, as in `kith load customers FILE`")
	}
	if m == nil {
		return r, nil
	}
	return r, m.knows(r)
}

// knows refuses names that are no columns of the mapping.
func (m *Mapping) knows(r Request) error {
	for _, given := range []map[string]string{r.From, r.Set} {
		for name := range given {
			names := make([]string, len(m.Columns))
			for i := range m.Columns {
				names[i] = m.Columns[i].To
			}
			if slices.Contains(names, name) {
				continue
			}
			e := fault.New(fault.Usage, "there is no column %q to load into", name)
			if near := Nearest(name, names); near != "" {
				return e.WithHint("did you mean %s?", near)
			}
			return e.WithHint("there are: %s", strings.Join(names, ", "))
		}
	}
	return nil
}
