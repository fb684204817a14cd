package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// mapColumns decides which column goes where, by mapping, preset or detection.
func (p *FilePlan) mapColumns(r Request, guesses []guess) error {
	m, err := p.decide(r)
	if err != nil {
		return err
	}
	p.nameTable(r, m)
	if err := p.checkTable(r, m); err != nil {
		return err
	}
	if m == nil {
		return p.takeAll(r, guesses)
	}
	places, err := p.places(r, m)
	if err != nil {
		return err
	}
	taken := map[int]bool{}
	for i := range m.Columns {
		c, err := p.mapColumn(r, &m.Columns[i], places[i], guesses)
		if err != nil {
			return err
		}
		taken[c.index] = true
		p.Columns = append(p.Columns, c)
	}
	if err := p.checkOneOf(m); err != nil {
		return err
	}
	p.settle(r)
	for i := range p.Columns {
		if p.Columns[i].Value == "" {
			p.Columns[i].finish(r, p.Format)
		}
	}
	for i, name := range p.names {
		if !taken[i] {
			p.Ignored = append(p.Ignored, name)
		}
	}
	return nil
}

// place is where a column of the table comes from.
type place struct {
	index   int // in the file; -1 for nowhere
	generic bool
}

// places finds the columns of the mapping in the file: what the request says comes
// first, then the names of their own, then generic names of what is left.
func (p *FilePlan) places(r Request, m *Mapping) ([]place, error) {
	h := headerOf(p.names)
	out := make([]place, len(m.Columns))
	claimed := map[int]bool{}
	settled := make([]bool, len(m.Columns))
	for i := range m.Columns {
		out[i].index = -1
		from, given := r.From[m.Columns[i].To]
		_, set := r.Set[m.Columns[i].To]
		settled[i] = given || set
		if !given || from == "" {
			continue
		}
		at, err := p.column(h, from)
		if err != nil {
			return nil, err
		}
		out[i].index, claimed[at] = at, true
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if settled[i] {
			continue
		}
		at := h.find(c, m.shipped)
		switch {
		case len(at) > 1:
			return nil, fault.New(fault.Invalid, "the columns %q and %q (%d and %d) are both %s",
				p.names[at[0]], p.names[at[1]], at[0]+1, at[1]+1, c.To).At(p.Path, 0).WithHint("rename one of them")
		case len(at) == 1 && (!m.shipped || !claimed[at[0]]):
			out[i].index, claimed[at[0]] = at[0], true
			p.passOver(h, c, at[0])
		}
	}
	for i := range m.Columns {
		if out[i].index >= 0 || settled[i] {
			continue
		}
		for _, name := range m.Columns[i].Generic {
			if at := h[bare(name)]; len(at) == 1 && !claimed[at[0]] {
				out[i], claimed[at[0]] = place{index: at[0], generic: true}, true
				break
			}
		}
	}
	return out, nil
}

// column finds a column that the request names.
func (p *FilePlan) column(h header, name string) (int, error) {
	if at := slices.Index(p.names, name); at >= 0 {
		return at, nil
	}
	if at := h[bare(name)]; len(at) > 0 {
		return at[0], nil
	}
	e := fault.New(fault.Invalid, "there is no column %q; the file has %s", name, listed(p.names)).At(p.Path, 0)
	if near := Nearest(name, p.names); near != "" {
		return 0, e.WithHint("did you mean %q?", near)
	}
	return 0, e
}

// passOver notes that a further column of the file has a name of c too.
func (p *FilePlan) passOver(h header, c *MappingColumn, taken int) {
	for _, name := range append(slices.Clone(c.From), c.To) {
		for _, at := range h[bare(name)] {
			if at != taken {
				p.note(c.To, fmt.Sprintf("read from %q; %q could be meant too", p.names[taken], p.names[at]))
				return
			}
		}
	}
}

func (p *FilePlan) nameTable(r Request, m *Mapping) {
	p.Table, p.Source = r.Table, r.Source
	if r.Source == AsIs {
		p.Source = ""
	}
	if m != nil {
		if p.Table == "" {
			p.Table = m.Table
		}
		if p.Source == "" || m.shipped {
			p.Source = m.Source
		}
	}
	if p.Table == "" {
		p.Table = snake(stem(p.Path))
	}
	if p.Table == "" {
		p.Table = "data"
	}
	if !strings.Contains(p.Table, ".") {
		p.Table = bronze + "." + p.Table
	}
	if p.Source == "" {
		_, p.Source, _ = strings.Cut(p.Table, ".")
	}
}

// checkTable keeps a file out of tables that are not its own: those that loads keep account
// in, and that of a source whose columns it has not.
func (p *FilePlan) checkTable(r Request, m *Mapping) error {
	err := p.misplaced(r, m)
	if err != nil && r.Apart {
		p.Table += "_file"
		return nil
	}
	return err
}

// misplaced says why the table is not the file's own; nil when it is.
func (p *FilePlan) misplaced(r Request, m *Mapping) error {
	for _, own := range []string{tableLoads, tableRejects} {
		if strings.EqualFold(p.Table, own) {
			return fault.New(fault.Invalid, "loads keep account in %s, which no file can be loaded into", own).At(p.Path, 0).
				WithHint("name another table with --table")
		}
	}
	if m != nil {
		return nil
	}
	for _, preset := range r.presets {
		if strings.EqualFold(p.Table, preset.Table) {
			return fault.New(fault.Invalid, "the columns are not those of %s, and would go into its table", preset.Source).At(p.Path, 0).
				WithHint("`kith load %s FILE --dry-run` says what is missing; --table names another table", preset.Source)
		}
	}
	return nil
}

func (p *FilePlan) mapColumn(r Request, c *MappingColumn, at place, guesses []guess) (ColumnPlan, error) {
	t, fail := parseType(c.Type)
	if fail != nil {
		return ColumnPlan{}, fail
	}
	out := ColumnPlan{To: c.To, Type: t.sql, index: at.index, Generic: at.generic, Numbered: c.Numbered}
	out.conv = converter{
		colType: t, id: c.Clean == cleanID, notNull: c.NotNull, nulls: c.Nulls, epoch: epoch1900,
		money: c.Clean == cleanMoney, percent: c.Clean == cleanPercent, trues: c.Trues, falses: c.Falses, numbered: c.Numbered,
	}
	if c.Past {
		out.conv.newest = int64(r.now().Year())
	}
	if f, fail := parseFormats(c.Formats); fail == nil {
		out.conv.formats = f
	}
	out.conv.comma = c.Decimal == ","
	if value, ok := r.Set[c.To]; ok {
		if c.Numbered {
			return out, fault.New(fault.Usage, "%s cannot be the same in all rows", c.To).WithHint("say where it is with --column %s=NAME", c.To)
		}
		return p.set(out, value)
	}
	switch {
	case at.index >= 0:
		out.From = p.names[at.index]
	case c.Required:
		return out, p.missing(c)
	}
	if out.index < 0 && c.Numbered {
		p.note(c.To, "the file has none, so each row gets one of its own; a row that comes again in another file counts again")
	}
	if out.index < 0 || out.index >= len(guesses) {
		return out, nil
	}
	g := &guesses[out.index]
	out.Sample = g.sample
	if out.conv.formats == 0 && t.isMoment() {
		var sure bool
		out.conv.formats, sure = g.habits.formats()
		out.unsure = !sure
	}
	if c.Decimal == "" && t.isNumber() {
		var sure bool
		out.conv.comma, sure = g.habits.comma(p.delimiter())
		out.unsure = !sure
	}
	out.habit = g.habits
	return out, nil
}

// set fills a column with the value of the request, which must be one of its type.
func (p *FilePlan) set(c ColumnPlan, value string) (ColumnPlan, error) {
	c.Value, c.index = value, -1
	c.conv.formats |= formatISO
	v := &warehouse.Vector{Kind: c.conv.kind, Scale: c.conv.scale}
	if reason := c.conv.add(v, []byte(value)); reason != "" {
		return c, fault.New(fault.Usage, "%s cannot be set to %q: %s", c.To, value, reason).WithHint("its type is %s", c.Type)
	}
	return c, nil
}

func (p *FilePlan) missing(c *MappingColumn) error {
	name := c.To
	if !p.mapping.shipped {
		name = c.From[0]
	}
	e := fault.New(fault.Invalid, "the required column %s is missing; the file has %s", name, listed(p.names)).At(p.Path, 0)
	if !p.mapping.shipped {
		if near := Nearest(name, p.names); near != "" {
			return e.WithHint("the nearest is %q: rename it, or name it in the mapping", near)
		}
		return e.WithHint("say in the mapping where it is")
	}
	for _, known := range append([]string{c.To}, c.From...) {
		if near := Nearest(known, p.names); near != "" {
			return e.WithHint("if it is %[2]q, say --column %[1]s=%[3]s", c.To, near, argument(near))
		}
	}
	return e.WithHint("say where it is with --column %s=NAME", c.To)
}

// argument writes a name as the shell wants it.
func argument(name string) string {
	if strings.ContainsAny(name, " '\"$&;|<>()*?[]#~`\\!") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}

// checkOneOf refuses a file that has none of the groups of which it needs one.
func (p *FilePlan) checkOneOf(m *Mapping) error {
	there := map[string]bool{}
	for _, c := range p.Columns {
		if c.index >= 0 || c.Value != "" {
			there[c.To] = true
		}
	}
	if m.hasOneOf(there) {
		return nil
	}
	groups := make([]string, len(m.OneOf))
	for i, group := range m.OneOf {
		groups[i] = strings.Join(group, " and ")
	}
	return fault.New(fault.Invalid, "the file has neither %s; it has %s", strings.Join(groups, " nor "), listed(p.names)).
		At(p.Path, 0).WithHint("say where they are with --column %s=NAME", m.OneOf[0][0])
}

func listed(names []string) string {
	const most = 30
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// settle lets columns whose values do not tell how they are written follow the
// others of the file, which one program has written: where all that tell say the day
// comes first, so it does, and likewise with the decimal comma.
func (p *FilePlan) settle(r Request) {
	var day, month, comma, point bool
	for i := range p.Columns {
		c := &p.Columns[i]
		day = day || c.habit.onlyDMY > 0 && c.conv.isMoment()
		month = month || c.habit.onlyMDY > 0 && c.conv.isMoment()
		if c.conv.isNumber() && !c.unsure && c.index >= 0 {
			comma = comma || c.conv.comma
			point = point || !c.conv.comma
		}
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		switch {
		case !c.unsure:
		case c.conv.isNumber():
			if comma != point {
				c.conv.comma = comma
			}
		case day && !month:
			c.conv.formats = c.conv.formats&^formatMDY | formatDMY
		case !month && r.Dates == "":
			p.note(c.To, noteDates)
		}
	}
}

// noteDates tells of dates that could be read in two ways.
const noteDates = "day and month cannot be told apart: read as month/day/year; --dates dmy changes it"

// takeAll takes the columns as they are, with the types that their values show.
func (p *FilePlan) takeAll(r Request, guesses []guess) error {
	to := make([]string, len(p.names))
	for i, name := range p.names {
		to[i] = snake(name)
		if slices.Contains(Provenance(), "_"+to[i]) && strings.HasPrefix(name, "_") {
			to[i] = "file" + name
		}
	}
	for i, name := range distinct(to) {
		if to[i] != "" && name != to[i] {
			p.Notes = append(p.Notes, fmt.Sprintf("column %d, a further %q, becomes %s", i+1, p.names[i], name))
		}
		c := ColumnPlan{From: p.names[i], To: name, index: i, Sample: guesses[i].sample}
		t, f, comma, note := guesses[i].resolve(p.delimiter())
		c.Type = t.sql
		c.conv = converter{colType: t, formats: f, comma: comma, epoch: epoch1900}
		p.note(name, note)
		c.finish(r, p.Format)
		p.Columns = append(p.Columns, c)
	}
	return nil
}

func (p *FilePlan) note(column, note string) {
	if note != "" {
		p.Notes = append(p.Notes, column+": "+note)
	}
}

// finish applies what the request sets for the whole file.
func (c *ColumnPlan) finish(r Request, format string) {
	if r.Decimal != 0 {
		c.conv.comma = r.Decimal == ','
	}
	if c.conv.isMoment() {
		if c.conv.formats == 0 {
			c.conv.formats = formatISO
		}
		if format == formatXLSX {
			c.conv.formats |= formatExcel
		}
		if r.Dates != "" && c.conv.formats&(formatMDY|formatDMY) != 0 {
			order, _ := parseFormats([]string{r.Dates})
			c.conv.formats = c.conv.formats&^(formatMDY|formatDMY) | order
		}
		c.Formats = c.conv.formats.String()
	}
	if c.conv.comma && c.conv.isNumber() {
		c.Decimal = ","
	}
}
