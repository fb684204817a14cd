package dashboard

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// columns is how many columns a row has.
const columns = 12

// needs says what a kind asks of its query.
type needs struct {
	periods          bool // is over periods, and has grains
	metrics, most    int  // how many metrics at least and at most; 0 for no query
	dimensions, atMo int  // how many dimensions
}

// kinds gives what each kind asks for.
func kinds() map[Kind]needs {
	return map[Kind]needs{
		Tiles:      {},
		Line:       {periods: true, metrics: 1, most: 5, atMo: 1},
		Area:       {periods: true, metrics: 1, most: 1, atMo: 1},
		Bar:        {periods: true, metrics: 1, most: 1, atMo: 1},
		StackedBar: {periods: true, metrics: 1, most: 4, atMo: 1},
		Bars:       {metrics: 1, most: 2, dimensions: 1, atMo: 1},
		Dots:       {metrics: 1, most: 1, dimensions: 1, atMo: 1},
		Dumbbell:   {metrics: 2, most: 2, dimensions: 1, atMo: 1},
		Bridge:     {metrics: 1, most: 1, dimensions: 1, atMo: 1},
		Treemap:    {metrics: 1, most: 2, dimensions: 1, atMo: 1},
		Scatter:    {metrics: 2, most: 2, dimensions: 1, atMo: 1},
		Heatmap:    {metrics: 1, most: 2, dimensions: 2, atMo: 2},
		Movement:   {metrics: 1, most: 1, dimensions: 2, atMo: 2},
		TableKind:  {metrics: 1, most: 12, dimensions: 1, atMo: 3},
		Cohort:     {},
		Curve:      {},
		Waterfall:  {},
		TextKind:   {},
	}
}

// checker checks one file and knows the lines of what it checks.
type checker struct {
	file    string
	root    *yaml.Node
	catalog *metric.Catalog
}

// line gives the line of what a path of keys and places leads to, or of the last
// part of it that is there.
func (c *checker) line(path ...any) int {
	node := c.root
	if node == nil {
		return 1
	}
	found := node.Line
	for _, part := range path {
		var next *yaml.Node
		switch p := part.(type) {
		case string:
			for i := 0; i+1 < len(node.Content); i += 2 {
				if node.Content[i].Value == p {
					next, found = node.Content[i+1], node.Content[i].Line
				}
			}
		case int:
			if p < len(node.Content) {
				next = node.Content[p]
				found = next.Line
			}
		}
		if next == nil {
			return found
		}
		node = next
	}
	return found
}

func (c *checker) wrong(line int, format string, args ...any) *fault.Error {
	return fault.New(fault.Parse, format, args...).At(c.file, line)
}

// at puts the place of an error of the catalog into this file.
func (c *checker) at(err error, line int) error {
	return c.wrong(line, "%s", err.Error())
}

func (c *checker) dashboard(d *Dashboard) error {
	if d.Title == "" {
		return c.wrong(1, "the dashboard has no title")
	}
	if len(d.Rows) == 0 {
		return c.wrong(c.line("rows"), "the dashboard has no rows")
	}
	names := map[string]int{}
	for i := range d.Rows {
		row := &d.Rows[i]
		if len(row.Blocks) == 0 {
			return c.wrong(c.line("rows", i), "the row has no blocks")
		}
		width := 0
		for j := range row.Blocks {
			at := []any{"rows", i, "blocks", j}
			b := &row.Blocks[j]
			if before, twice := names[b.Name]; twice {
				return c.wrong(c.line(append(at, "name")...), "two blocks are called %q", b.Name).
					WithHint("the other one is at line %d", before)
			}
			names[b.Name] = c.line(append(at, "name")...)
			if err := c.block(b, at); err != nil {
				return err
			}
			if width += b.Width; width > columns {
				return c.wrong(c.line(append(at, "width")...), "the blocks of the row are %d columns wide together, and a row has %d", width, columns).
					WithHint("make one narrower, or begin another row")
			}
		}
	}
	return nil
}

func (c *checker) block(b *Block, at []any) error {
	line := func(path ...any) int { return c.line(append(slices.Clone(at), path...)...) }
	need, known := kinds()[b.Kind]
	switch {
	case b.Name == "":
		return c.wrong(line(), "the block has no name")
	case !known:
		return c.wrong(line("kind"), "there is no block of kind %q", b.Kind).WithHint("docs/dashboards.md lists the kinds")
	case b.Title == "" && b.Kind != Tiles && b.Kind != TextKind:
		return c.wrong(line(), "the block %s has no title", b.Name)
	case b.Width < 3 || b.Width > columns:
		return c.wrong(line("width"), "the width %d is not between 3 and %d columns", b.Width, columns)
	case b.Height != 0 && (b.Height < 80 || b.Height > 1200):
		return c.wrong(line("height"), "the height %d is not between 80 and 1200 pixels", b.Height)
	case b.Kind == TextKind && b.Text == "":
		return c.wrong(line(), "the block %s has no text", b.Name)
	case b.Kind == Tiles && len(b.Tiles) == 0:
		return c.wrong(line(), "the block %s has no tiles", b.Name)
	case need.metrics > 0 && b.Query == nil:
		return c.wrong(line(), "the block %s has no query", b.Name)
	case need.metrics == 0 && b.Query != nil:
		return c.wrong(line("query"), "a block of kind %s takes no query", b.Kind)
	case b.Link != nil && !strings.HasPrefix(b.Link.To, "/"):
		return c.wrong(line("link"), "the link %q does not lead to a page", b.Link.To).WithHint("begin it with /")
	}
	for i, tile := range b.Tiles {
		if _, err := c.catalog.Metric(tile.Metric); err != nil {
			return c.at(err, line("tiles", i, "metric"))
		}
	}
	if b.Query != nil {
		if err := c.query(b, need, line); err != nil {
			return err
		}
	}
	return c.finding(b, line)
}

func (c *checker) query(b *Block, need needs, line func(...any) int) error {
	q := b.Query
	if n := len(q.Metrics); n < need.metrics || n > need.most {
		return c.wrong(line("query", "metrics"), "a block of kind %s has %d to %d metrics, not %d", b.Kind, need.metrics, need.most, n)
	}
	if n := len(q.Dimensions); n < need.dimensions || n > need.atMo {
		return c.wrong(line("query", "dimensions"), "a block of kind %s has %d to %d dimensions, not %d", b.Kind, need.dimensions, need.atMo, n)
	}
	asked := slices.Clone(q.Dimensions)
	for _, f := range q.Filters {
		asked = append(asked, f.Dimension)
	}
	for i, name := range asked {
		if _, err := c.catalog.Dimension(name); err != nil {
			if i < len(q.Dimensions) {
				return c.at(err, line("query", "dimensions", i))
			}
			return c.at(err, line("query", "filters", i-len(q.Dimensions)))
		}
	}
	for i, name := range q.Metrics {
		m, err := c.catalog.Metric(name)
		if err != nil {
			return c.at(err, line("query", "metrics", i))
		}
		for _, dimension := range asked {
			if !slices.Contains(m.Dimensions(), dimension) {
				return c.wrong(line("query", "metrics", i), "%s cannot be grouped by %s", name, dimension).
					WithHint("it has %s", strings.Join(m.Dimensions(), ", "))
			}
		}
		for j, grain := range b.Grains {
			if !slices.Contains(m.Grains(), grain) {
				return c.wrong(line("grains", j), "%s cannot be asked by %s", name, grain)
			}
		}
	}
	if need.periods != (len(b.Grains) > 0) {
		if need.periods {
			return c.wrong(line(), "the block %s needs grains: the periods that it can show, the first at first", b.Name)
		}
		return c.wrong(line("grains"), "a block of kind %s is not over periods", b.Kind)
	}
	return nil
}
