// Package dashboard reads a project's dashboards from dashboards/*.yml and checks
// them: names against the metric catalog, layouts against twelve columns, sentences
// against the language of findings. It draws nothing; the web app does.
package dashboard

import "github.com/kith-analytics/kith/internal/metric"

// Kind is how a block shows its figures.
type Kind string

// The kinds.
const (
	Tiles      Kind = "tiles"       // figures with change and sparkline
	Line       Kind = "line"        // lines over periods
	Area       Kind = "area"        // stacked areas over periods
	Bar        Kind = "bar"         // bars over periods
	StackedBar Kind = "stacked_bar" // stacked bars over periods
	Bars       Kind = "bars"        // groups as bars, the greatest first
	Dots       Kind = "dots"        // groups as dots with their intervals
	Dumbbell   Kind = "dumbbell"    // two metrics' shares of each group, joined
	Bridge     Kind = "bridge"      // from the comparison's total to this one's, by group
	Treemap    Kind = "treemap"     // area the first metric, shade the second
	Scatter    Kind = "scatter"     // a dot a group: across the first metric, up the second
	Heatmap    Kind = "heatmap"     // two dimensions as a grid; shade the last metric
	Movement   Kind = "movement"    // flows from the first dimension to the second
	TableKind  Kind = "table"       // groups as rows, metrics as columns
	Cohort     Kind = "cohort"      // months since the first order, by cohort
	Curve      Kind = "curve"       // retention by month, over all cohorts
	Waterfall  Kind = "waterfall"   // what became of the lines that came in
	TextKind   Kind = "text"        // words
)

// Dashboard is a page of blocks.
type Dashboard struct {
	Name        string `json:"name"        yaml:"-"` // the file's name
	Title       string `json:"title"       yaml:"title"`
	Description string `json:"description" yaml:"description"`
	// Order is the page's place among the others; equal ones stand by name.
	Order int   `json:"order" yaml:"order"`
	Rows  []Row `json:"rows"  yaml:"rows"`
}

// Row is what stands side by side.
type Row struct {
	// Tab is the name under which the page shows the row; "" for always.
	Tab    string  `json:"tab,omitempty" yaml:"tab"`
	Blocks []Block `json:"blocks"        yaml:"blocks"`
}

// Block is one piece of evidence.
type Block struct {
	Name  string `json:"name"  yaml:"name"`
	Kind  Kind   `json:"kind"  yaml:"kind"`
	Title string `json:"title" yaml:"title"`
	// Width is in columns of twelve.
	Width int `json:"width" yaml:"width"`
	// Height of a chart in pixels; 0 for the kind's own.
	Height int    `json:"height,omitempty" yaml:"height"`
	Query  *Query `json:"query,omitempty"  yaml:"query"`
	// Grains are those that the reader can choose; the first is shown. None of them
	// for blocks that are not over periods.
	Grains []metric.Grain `json:"grains,omitempty" yaml:"grains"`
	Tiles  []Tile         `json:"tiles,omitempty"  yaml:"tiles"`
	// Finding says what the data shows: the first case that holds.
	Finding     []Case       `json:"finding,omitempty"     yaml:"finding"`
	Annotations []Annotation `json:"annotations,omitempty" yaml:"annotations"`
	// Measure is what a cohort block begins with.
	Measure string `json:"measure,omitempty" yaml:"measure"`
	// Months bounds a cohort block or curve; 0 for all.
	Months int `json:"months,omitempty" yaml:"months"`
	// Select is the dimension of customers that a click selects; "" for none.
	Select string `json:"select,omitempty" yaml:"select"`
	Link   *Link  `json:"link,omitempty"   yaml:"link"`
	Note   string `json:"note,omitempty"   yaml:"note"`
	Text   string `json:"text,omitempty"   yaml:"text"`
}

// Query is what a block asks; the page adds range, comparison and segment.
type Query struct {
	Metrics    []string        `json:"metrics"              yaml:"metrics"`
	Dimensions []string        `json:"dimensions,omitempty" yaml:"dimensions"`
	Filters    []metric.Filter `json:"filters,omitempty"    yaml:"filters"`
	Top        *metric.Top     `json:"top,omitempty"        yaml:"top"`
	OrderBy    []metric.Order  `json:"order_by,omitempty"   yaml:"order_by"`
	Limit      int             `json:"limit,omitempty"      yaml:"limit"`
	// Names are the words for values, such as Yes and No of a boolean.
	Names map[string]string `json:"names,omitempty" yaml:"names"`
}

// Tile is one figure.
type Tile struct {
	Metric string `json:"metric" yaml:"metric"`
	// Label stands instead of the metric's own.
	Label string `json:"label,omitempty" yaml:"label"`
	// Lead is true for the one large tile.
	Lead bool `json:"lead,omitempty" yaml:"lead"`
}

// Case is a sentence and when it is true. A case without condition always is.
type Case struct {
	When string `json:"when,omitempty" yaml:"when"`
	Text string `json:"text"           yaml:"text"`
}

// Annotation is an event that changes how the data is read.
type Annotation struct {
	Day  metric.Day `json:"day"  yaml:"day"`
	Text string     `json:"text" yaml:"text"`
}

// Link leads on.
type Link struct {
	To    string `json:"to"    yaml:"to"`
	Label string `json:"label" yaml:"label"`
}
