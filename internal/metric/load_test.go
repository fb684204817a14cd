package metric_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

const head = `dimensions:
  - {name: country}
datasets:
  - {name: sales, model: lines, key: id, time: day, dimensions: [country]}
metrics:
  - {name: revenue, description: Money., kind: sum, dataset: sales, column: amount, format: money}
`

func models() metric.Models {
	return metric.Models{"lines": {Name: "lines", Schema: "gold", Table: "lines", Columns: []metric.ModelColumn{
		{Name: "id", Type: "VARCHAR"}, {Name: "day", Type: "DATE"}, {Name: "amount", Type: "DECIMAL(18,2)"}, {Name: "country", Type: "VARCHAR"}, {Name: "is_sold", Type: "BOOLEAN"},
	}}}
}

func load(text string) (*metric.Catalog, error) {
	return metric.Load(fstest.MapFS{"metrics/a.yml": {Data: []byte(text)}}, models())
}

func TestWhatIsWrongInAFileIsToldWithItsLine(t *testing.T) {
	t.Parallel()
	for want, more := range map[string]string{
		`metrics/a.yml:7: there is no dataset sale; did you mean sales?`:                                `  - {name: a, description: D., kind: count, dataset: sale, format: count}`,
		`metrics/a.yml:7: the model lines has no column amont; did you mean amount?`:                    `  - {name: a, description: D., kind: sum, dataset: sales, column: amont, format: money}`,
		`metrics/a.yml:7: the column country of lines is varchar, but here has to be integer or number`: `  - {name: a, description: D., kind: sum, dataset: sales, column: country, format: money}`,
		`metrics/a.yml:7: the metric a is made of itself: a -> b -> a`:                                  "  - {name: a, description: D., kind: expression, expression: b + 1, format: money}\n  - {name: b, description: D., kind: expression, expression: 2 * a, format: money}",
		`metrics/a.yml:7: the metric a is made of revenu, which is no metric; did you mean revenue?`:    `  - {name: a, description: D., kind: ratio, numerator: revenue, denominator: revenu, format: share}`,
		`metrics/a.yml:7: there is no format "mony"; did you mean money?`:                               `  - {name: a, description: D., kind: count, dataset: sales, format: mony}`,
		`metrics/a.yml:7: there is no kind "summ"; did you mean sum?`:                                   `  - {name: a, description: D., kind: summ, dataset: sales, format: money}`,
		`metrics/a.yml:7: the metric revenue is defined twice; the other one is at metrics/a.yml:6`:     `  - {name: revenue, description: D., kind: count, dataset: sales, format: count}`,
		`metrics/a.yml:7: a metric has no setting "colum"; did you mean column?`:                        `  - {name: a, description: D., kind: sum, dataset: sales, column: amount, colum: b, format: money}`,
		`metrics/a.yml:7: the metric has no description`:                                                `  - {name: a, kind: count, dataset: sales, format: count}`,
		`metrics/a.yml:7: "Net revenue" is no name`:                                                     `  - {name: Net revenue, description: D., kind: count, dataset: sales, format: count}`,
		`metrics/a.yml:7: the expression "revenue +" ends too early`:                                    `  - {name: a, description: D., kind: expression, expression: revenue +, format: money}`,
		`metrics/a.yml:7: the expression "revenue; 1" has an unexpected ";"`:                            `  - {name: a, description: D., kind: expression, expression: "revenue; 1", format: money}`,
		`metrics/a.yml:7: the condition on is_sold compares boolean with yes please`:                    `  - {name: a, description: D., kind: count, dataset: sales, filter: {is_sold: yes please}, format: count}`,
		`metrics/a.yml:7: the condition on country: between takes two values`:                           `  - {name: a, description: D., kind: count, dataset: sales, filter: {country: {between: [a]}}, format: count}`,
		`metrics/a.yml:7: days has to be a whole number from 1 to 3660`:                                 `  - {name: a, description: D., kind: trailing, metric: revenue, days: 0.5, format: money}`,
		`metrics/a.yml:8: the metric b is a window over a, which is made of a window already`:           "  - {name: a, description: D., kind: trailing, metric: revenue, days: 7, format: money}\n  - {name: b, description: D., kind: cumulative, metric: a, format: money}",
		`metrics/a.yml:7: the interval of a needs counts, and revenue is none`:                          `  - {name: a, description: D., kind: ratio, numerator: revenue, denominator: revenue, interval: wilson, format: share}`,
		`: this is not YAML: `: "  - {name: [}",
	} {
		_, err := load(head + more + "\n")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		} else if !fault.Is(err, fault.Parse) {
			t.Errorf("%v has the code %s", err, fault.CodeOf(err))
		}
	}
	for want, text := range map[string]string{
		`metrics/a.yml:2: there is no model line; did you mean lines?`:                          "datasets:\n  - {name: s, model: line, key: id}\n",
		`metrics/a.yml:2: the dataset has no key`:                                               "datasets:\n  - {name: s, model: lines}\n",
		`metrics/a.yml:2: there is no dimension land`:                                           "datasets:\n  - {name: s, model: lines, key: id, dimensions: {land: country}}\n",
		`metrics/a.yml:2: there is no entity customer`:                                          "datasets:\n  - {name: s, model: lines, key: id, entity: {customer: id}}\n",
		`metrics/a.yml:2: the column amount of lines is decimal(18,2), but here has to be date`: "datasets:\n  - {name: s, model: lines, key: id, time: amount}\n",
		`metrics/a.yml:1: a metric file has no setting "metric"; did you mean metrics?`:         "metric: []\n",
	} {
		if _, err := load(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestAProjectWithoutMetricFilesHasNone(t *testing.T) {
	t.Parallel()
	c, err := metric.Load(fstest.MapFS{}, models())
	if err != nil || len(c.Metrics()) != 0 {
		t.Errorf("%v, %v", c, err)
	}
}

// Whatever a file holds, it is taken or refused with its name; nothing panics.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(head))
	for _, name := range []string{"sales", "customers", "dimensions", "engagement"} {
		text, err := analytics.Project.ReadFile("metrics/" + name + ".yml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("metrics:\n  - &a {name: a, kind: expression, expression: ((((-1*a))))}\n  - *a\n"))
	f.Add([]byte("metrics: {a: [1, {b: .nan}]}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := load(string(text))
		if err == nil {
			for _, m := range c.Metrics() {
				if c.Formula(m) == "" || len(m.Leaves()) == 0 {
					t.Errorf("the metric %s was taken but says nothing", m.Name)
				}
			}
			return
		}
		if !strings.HasPrefix(err.Error(), "metrics/a.yml") || !fault.Is(err, fault.Parse) {
			t.Errorf("%v names no file", err)
		}
	})
}
