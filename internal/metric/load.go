package metric

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/fault"
)

// Folder is where a project keeps its metric files.
const Folder = "metrics"

// maxFile is the most that a metric file may hold.
const maxFile = 4 << 20

// Load reads the *.yml files of the project's metrics folder, folders in it included,
// and checks them against the models. The first thing that is wrong is told with file
// and line, code Parse. A project without the folder has an empty catalog.
func Load(project fs.FS, models Models) (*Catalog, error) {
	c := &Catalog{
		metrics: map[string]*Metric{}, dimensions: map[string]*Dimension{}, entities: map[string]*Entity{},
		datasets: map[string]*Dataset{}, models: models,
	}
	files, err := metricFiles(project)
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		text, err := fs.ReadFile(project, name)
		if err != nil {
			return nil, fault.Wrap(err, fault.Disk, "the metric file cannot be read").At(name, 0)
		}
		if err := c.read(name, text); err != nil {
			return nil, err
		}
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

func metricFiles(project fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(project, Folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == Folder:
			return fs.SkipAll
		case err != nil:
			return err
		case !d.IsDir() && (path.Ext(name) == ".yml" || path.Ext(name) == ".yaml"):
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fault.Wrap(err, fault.Disk, "the metric files cannot be read")
	}
	slices.Sort(files)
	return files, nil
}

// read takes one file's definitions in.
func (c *Catalog) read(name string, text []byte) (err error) {
	if len(text) > maxFile {
		return fault.New(fault.Parse, "the metric file is longer than %d MB", maxFile>>20).At(name, 0)
	}
	var doc yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(text))
	switch decodeErr := dec.Decode(&doc); {
	case errors.Is(decodeErr, io.EOF):
		return nil
	case decodeErr != nil:
		return notYAML(name, decodeErr)
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return nil
	}
	b := newBlock(name, "metric file", doc.Content[0], &err)
	for _, d := range b.blocks("dimensions", "dimension") {
		c.addDimension(d)
	}
	for _, e := range b.blocks("entities", "entity") {
		c.addEntity(e)
	}
	for _, d := range b.blocks("datasets", "dataset") {
		c.addDataset(d)
	}
	for _, m := range b.blocks("metrics", "metric") {
		c.addMetric(m)
	}
	b.done()
	return err
}

// notYAML gives a YAML error its line, which the library writes into its message.
func notYAML(name string, err error) error {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if rest, found := strings.CutPrefix(message, "line "); found {
		digits, after, _ := strings.Cut(rest, ": ")
		for _, r := range digits {
			if r < '0' || r > '9' || line > 1<<20 {
				break
			}
			line = line*10 + int(r-'0')
		}
		message = after
	}
	return fault.New(fault.Parse, "this is not YAML: %s", message).At(name, line)
}

// taken refuses a second definition of a name.
func taken[T any](b *block, known map[string]T, name string, at func(T) Place) bool {
	before, found := known[name]
	if found {
		b.fail(b.line, "the %s %s is defined twice", b.what, name).
			hintf("the other one is at %s:%d", at(before).File, at(before).Line)
	}
	return found
}

func (c *Catalog) addDimension(b *block) {
	d := &Dimension{
		Name: b.name("name"), Label: b.text("label"), Description: b.text("description"),
		Type:   oneOf(b, "type", []Type{Text, Integer, Number, Boolean, Date}, Text),
		Values: b.texts("values"), Place: b.place(),
	}
	b.done()
	if d.Name == "time" {
		b.fail(b.line, "a dimension cannot be called time, which is every dataset's")
	}
	if d.Label == "" {
		d.Label = labelOf(d.Name)
	}
	if *b.err != nil || taken(b, c.dimensions, d.Name, func(d *Dimension) Place { return d.Place }) {
		return
	}
	c.dimensions[d.Name] = d
	c.dimOrder = append(c.dimOrder, d.Name)
}

func (c *Catalog) addEntity(b *block) {
	e := &Entity{
		Name: b.name("name"), Model: b.needed("model"), Key: b.needed("key"), Dimensions: b.mapping("dimensions"), Place: b.place(),
	}
	b.done()
	if *b.err == nil && !taken(b, c.entities, e.Name, func(e *Entity) Place { return e.Place }) {
		c.entities[e.Name] = e
	}
}

func (c *Catalog) addDataset(b *block) {
	d := &Dataset{
		Name: b.name("name"), Label: b.text("label"), Description: b.text("description"), Model: b.needed("model"),
		Key: b.texts("key"), Time: b.text("time"), Grain: oneOf(b, "grain", []Grain{ByDay, Month}, ByDay),
		Timestamp: b.text("timestamp"), Dimensions: b.mapping("dimensions"), Where: b.conditions("where"), Place: b.place(),
	}
	d.Entity, d.EntityColumn = entityOf(b)
	for _, r := range b.blocks("rollups", "rollup") {
		d.Rollups = append(d.Rollups, readRollup(r))
	}
	b.done()
	if d.Label == "" {
		d.Label = labelOf(d.Name)
	}
	if len(d.Key) == 0 {
		b.fail(b.line, "the dataset has no key").hintf("name the columns that tell rows apart")
	}
	if *b.err == nil && !taken(b, c.datasets, d.Name, func(d *Dataset) Place { return d.Place }) {
		c.datasets[d.Name] = d
	}
}

// entityOf reads `entity: {customer: customer_id}`.
func entityOf(b *block) (name, column string) {
	if !b.has("entity") {
		b.asked = append(b.asked, "entity")
		return "", ""
	}
	m := b.mapping("entity")
	if len(m) != 1 {
		b.fail(b.lineOf("entity"), "entity has to name one entity and its column")
	}
	for name, column := range m {
		return name, column
	}
	return "", ""
}

func readRollup(b *block) Rollup {
	r := Rollup{
		Model: b.needed("model"), Time: b.needed("time"), Grain: oneOf(b, "grain", []Grain{ByDay, Week, Month}, ByDay),
		EntityColumn: b.text("entity_column"), Dimensions: b.mapping("dimensions"), PairNames: b.texts("pair_dimensions"),
		Measures: b.mapping("measures"), Mask: b.text("mask"), Count: b.text("count_column"), Distinct: b.texts("distinct"), Place: b.place(),
	}
	for _, p := range b.blocks("pairs", "pair") {
		r.Pairs = append(r.Pairs, [2]string{p.needed("name"), p.needed("value")})
		p.done()
	}
	b.done()
	switch {
	case len(r.Pairs) > 2:
		b.fail(b.lineOf("pairs"), "a rollup has two pairs at most")
	case (len(r.Pairs) == 0) != (len(r.PairNames) == 0):
		b.fail(b.line, "pairs and pair_dimensions belong together")
	case (r.Mask == "") != (len(r.Distinct) == 0):
		b.fail(b.line, "mask and distinct belong together")
	case r.Mask != "" && r.Grain != Month:
		b.fail(b.line, "a mask holds the days of a month: give grain: month")
	case r.Mask != "" && r.Count == "":
		b.fail(b.line, "a rollup with a mask needs its count_column")
	}
	return r
}

func (c *Catalog) addMetric(b *block) {
	m := &Metric{
		Name: b.name("name"), Label: b.text("label"), Description: b.needed("description"), Kind: oneOf(b, "kind", Kinds(), ""),
		Format: oneOf(b, "format", Formats(), ""), Unit: b.text("unit"),
		Direction: oneOf(b, "direction", []Direction{Up, Down, Neutral}, Neutral), Tags: b.texts("tags"), Place: b.place(),
	}
	if m.Label == "" {
		m.Label = labelOf(m.Name)
	}
	if m.Kind == "" {
		b.fail(b.line, "the metric has no kind").hintf("it can be %s", listed(Kinds()))
	}
	if m.Format == "" {
		b.fail(b.line, "the metric has no format").hintf("it can be %s", listed(Formats()))
	}
	readKind(b, m)
	b.done()
	if *b.err == nil && !taken(b, c.metrics, m.Name, func(m *Metric) Place { return m.Place }) {
		c.metrics[m.Name] = m
		c.order = append(c.order, m.Name)
	}
}

// readKind reads the settings that a metric's kind has.
func readKind(b *block, m *Metric) {
	switch m.Kind {
	case Sum, CountDistinct, Minimum, Maximum, Last:
		m.Dataset, m.Column, m.Filter = b.needed("dataset"), b.needed("column"), b.conditions("filter")
	case Average:
		m.Dataset, m.Column, m.Filter = b.needed("dataset"), b.needed("column"), b.conditions("filter")
		m.Interval = oneOf(b, "interval", []Interval{Mean}, "")
	case Percentile:
		m.Dataset, m.Column, m.Filter = b.needed("dataset"), b.needed("column"), b.conditions("filter")
		if m.At = b.number("at", 0.5); m.At < 0 || m.At > 1 {
			b.fail(b.lineOf("at"), "at has to be from 0 to 1")
		}
	case CountRows:
		m.Dataset, m.Filter = b.needed("dataset"), b.conditions("filter")
	case Ratio:
		m.Numerator, m.Denominator = b.name("numerator"), b.name("denominator")
		m.Without = b.texts("without")
		m.Interval = oneOf(b, "interval", []Interval{Wilson}, "")
	case NetPromoter:
		m.Promoters, m.Detractors, m.Answers = b.name("promoters"), b.name("detractors"), b.name("answers")
		m.Interval = NetPromoterInterval
	case Expression:
		m.Expression = b.needed("expression")
		m.Without = b.texts("without")
		tree, err := parseExpression(m.Expression)
		if e, ok := errors.AsType[*fault.Error](err); ok {
			b.fail(b.lineOf("expression"), "%s", e.Message).hintf("%s", e.Hint)
		}
		m.tree = tree
	case Cumulative:
		m.Base = b.name("metric")
	case Trailing:
		m.Base = b.name("metric")
		days := b.number("days", 0)
		if m.Days = Day(days); days < 1 || days > 3660 || float64(m.Days) != days {
			b.fail(b.lineOf("days"), "days has to be a whole number from 1 to 3660")
		}
	}
}
