package metric

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// Place is where a definition stands.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// Type is the type of a dimension's values.
type Type string

// The types.
const (
	Text    Type = "text"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
	Date    Type = "date"
)

// Dimension is what figures can be grouped and filtered by. Datasets that offer it
// say in which column.
type Dimension struct {
	Name        string
	Label       string
	Description string
	Type        Type
	// Values are those that there can be, in the order to show them in; none when
	// the data decides.
	Values []string
	Place  Place
}

// Entity is what the rows of several datasets are about, such as a customer: one row
// each in Model, whose columns are dimensions of all of them.
type Entity struct {
	Name       string
	Model      string
	Key        string
	Dimensions map[string]string // dimension -> column
	Place      Place
}

// Dataset is a model whose rows metrics aggregate.
type Dataset struct {
	Name        string
	Label       string
	Description string
	Model       string
	// Key are the columns that tell rows apart, for paging through them.
	Key []string
	// Time is the column with the day of a row; "" for a dataset that shows how
	// things stand at the snapshot date, without a past.
	Time string
	// Grain is the length of the period that a row stands for, whose first day Time
	// holds: ByDay unless the file says Month.
	Grain Grain
	// Timestamp is the column with the moment, UTC, for other time zones; often "".
	Timestamp string
	// Entity and EntityColumn join the entity's dimensions; "" without one.
	Entity       string
	EntityColumn string
	Dimensions   map[string]string
	Where        []Condition
	Rollups      []Rollup
	Place        Place
}

// Rollup is a smaller model that some of a dataset's measures can be read from. The
// first that has all that a query needs is taken.
type Rollup struct {
	Model        string
	Time         string
	Grain        Grain
	EntityColumn string
	Dimensions   map[string]string
	// Pairs are one or two pairs of columns, a dimension's name and its value: a row holds
	// the sums for one value of each. PairNames are the dimensions that they can hold.
	Pairs     [][2]string
	PairNames []string
	// Measures gives the column whose sum a metric is.
	Measures map[string]string
	// Mask is a column of bits, one a day of the month that Time begins, set when the
	// entity has a row on the day. Distinct are the metrics that count it, by the values
	// of Count.
	Mask     string
	Count    string
	Distinct []string
	Place    Place
}

// Kind is how a metric comes about.
type Kind string

// The kinds.
const (
	Sum           Kind = "sum"
	CountRows     Kind = "count"
	CountDistinct Kind = "count_distinct"
	Average       Kind = "average"
	Percentile    Kind = "percentile"
	Minimum       Kind = "min"
	Maximum       Kind = "max"
	// Last is the sum of a column over the rows of the last day of a period that has
	// any: a level, such as points that are outstanding.
	Last Kind = "last"
	// Ratio is one metric over another.
	Ratio Kind = "ratio"
	// NetPromoter is 100 x (promoters - detractors) / answers.
	NetPromoter Kind = "net_promoter"
	// Expression is arithmetic on metrics.
	Expression Kind = "expression"
	// Cumulative is a metric from the first day of the data to the end of the period.
	Cumulative Kind = "cumulative"
	// Trailing is a metric of the days that end with the period's last day.
	Trailing Kind = "trailing"
)

// Kinds gives all kinds.
func Kinds() []Kind {
	return []Kind{Sum, CountRows, CountDistinct, Average, Percentile, Minimum, Maximum, Last, Ratio, NetPromoter, Expression, Cumulative, Trailing}
}

// Interval is how a 95 % interval is reckoned.
type Interval string

// The intervals. "" is none.
const (
	// Wilson is for shares: E. B. Wilson, JASA 22 (1927) 209.
	Wilson Interval = "wilson"
	// Mean is the mean -+ t(n - 1) standard errors, for averages: Student, Biometrika 6 (1908) 1.
	Mean Interval = "mean"
	// NetPromoterInterval is the adjusted Wald interval of Rocks, The American
	// Statistician 70 (2016). Every net_promoter metric has it.
	NetPromoterInterval Interval = "net_promoter"
)

// Condition narrows rows by a column: the metric files' filter and where.
type Condition struct {
	Column string
	Op     Op
	Values []any
}

// Metric is one figure and how it comes about.
type Metric struct {
	Name        string
	Label       string
	Description string
	Kind        Kind
	Format      Format
	Unit        string
	Direction   Direction
	Tags        []string
	Interval    Interval

	// Of sums, counts and the like.
	Dataset string
	Column  string
	Filter  []Condition
	At      float64 // of a percentile: 0.5 is the median

	// Of ratios.
	Numerator, Denominator string
	// Of net promoter scores.
	Promoters, Detractors, Answers string
	// Of cumulative and trailing ones.
	Base string
	Days Day // how many
	// Of expressions.
	Expression string
	// Of ratios and expressions: dimensions that all parts have, but that mean different
	// things in them, so that the metric has not.
	Without []string
	tree    node

	Place Place

	leaves     []string // metrics of datasets that it is made of, in order of mention
	dimensions []string
	grains     []Grain
}

// Leaves gives the metrics over datasets that this one is made of; itself for such a one.
func (m *Metric) Leaves() []string { return slices.Clone(m.leaves) }

// Dimensions gives the dimensions that all parts of the metric have, sorted.
func (m *Metric) Dimensions() []string { return slices.Clone(m.dimensions) }

// Grains gives the grains that it can be asked in: only None for one without a past.
func (m *Metric) Grains() []Grain { return slices.Clone(m.grains) }

// HasInterval says whether results carry low, high and n.
func (m *Metric) HasInterval() bool { return m.Interval != "" }

// Catalog is what the metric files define, checked. It is never changed.
type Catalog struct {
	metrics    map[string]*Metric
	dimensions map[string]*Dimension
	entities   map[string]*Entity
	datasets   map[string]*Dataset
	models     Models
	order      []string // metrics as the files have them
	dimOrder   []string
}

// Metrics gives all metrics in the order of the files.
func (c *Catalog) Metrics() []*Metric {
	out := make([]*Metric, 0, len(c.order))
	for _, name := range c.order {
		out = append(out, c.metrics[name])
	}
	return out
}

// Metric gives a metric by name; a fault of code NotFound names the nearest.
func (c *Catalog) Metric(name string) (*Metric, error) {
	if m, ok := c.metrics[name]; ok {
		return m, nil
	}
	return nil, fault.New(fault.NotFound, "there is no metric %q", name).WithHint("%s", suggestion(name, c.order, "`kith metrics ls` lists them"))
}

// Dimensions gives all dimensions in the order of the files.
func (c *Catalog) Dimensions() []*Dimension {
	out := make([]*Dimension, 0, len(c.dimOrder))
	for _, name := range c.dimOrder {
		out = append(out, c.dimensions[name])
	}
	return out
}

// Dimension gives a dimension by name; a fault of code NotFound names the nearest.
func (c *Catalog) Dimension(name string) (*Dimension, error) {
	if d, ok := c.dimensions[name]; ok {
		return d, nil
	}
	return nil, fault.New(fault.NotFound, "there is no dimension %q", name).
		WithHint("%s", suggestion(name, c.dimOrder, "`kith metrics ls --dimensions` lists them"))
}

// Dataset gives a dataset by name, and nil for an unknown one.
func (c *Catalog) Dataset(name string) *Dataset { return c.datasets[name] }

// Entity gives an entity by name, and nil for an unknown one.
func (c *Catalog) Entity(name string) *Entity { return c.entities[name] }

// ModelsOf gives the models that a metric may be read from, sorted: those of its
// datasets, their rollups and entities.
func (c *Catalog) ModelsOf(m *Metric) []string {
	var out []string
	for _, leaf := range m.leaves {
		d := c.datasets[c.metrics[leaf].Dataset]
		out = append(out, d.Model)
		if d.Entity != "" {
			out = append(out, c.entities[d.Entity].Model)
		}
		for _, r := range d.Rollups {
			if _, sums := r.Measures[leaf]; sums || slices.Contains(r.Distinct, leaf) {
				out = append(out, r.Model)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Model is what the catalog needs to know of a model of the project.
type Model struct {
	Name string
	// Schema and Table name its relation.
	Schema, Table string
	Description   string
	// Columns are its columns with the engine's type, "" where it is not known, in
	// order. None: nothing is known of its columns, and they are not checked.
	Columns []ModelColumn
}

// ModelColumn is a column of a model.
type ModelColumn struct {
	Name, Type, Description string
	// Mask says what is shown of personal data in rows.
	Mask access.Mask
}

// column finds a column, without regard to case.
func (m Model) column(name string) (ModelColumn, bool) {
	i := slices.IndexFunc(m.Columns, func(c ModelColumn) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return ModelColumn{}, false
	}
	return m.Columns[i], true
}

// Models are the project's models by name.
type Models map[string]Model
