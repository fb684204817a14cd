package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListing(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	for _, tc := range []struct {
		name string
		args []string
		want string
	}{
		{"everything but analyses", nil, `exposure:shop.board shop.marts.helper shop.orders shop.marts.totals source:shop.raw.events shop.orders_positive`},
		{"names", []string{"--output", "name", "--resource-type", "model", "test"}, `helper orders totals orders_positive`},
		{"paths", []string{"--output", "path", "--select", "totals", "orders"}, `models/orders.sql models/marts/totals.sql tests/orders_positive.sql`},
		{"analyses when asked", []string{"--resource-type", "analysis"}, `shop.analysis.look`},
		{"all", []string{"--output", "name", "--resource-type", "all", "--exclude-resource-type", "test", "source", "exposure"}, `look helper orders totals`},
		{"models only", []string{"-m", "orders+", "--output", "name"}, `helper orders totals`},
		{"tags", []string{"-s", "tag:daily", "--output", "name"}, `totals`},
		{"excluded", []string{"-s", "+totals", "--exclude", "orders", "--output", "name"}, `totals`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			out := well(t, dir, append([]string{"ls", "-q"}, tc.args...)...)
			if got := strings.Join(strings.Fields(out.stdout), " "); got != tc.want {
				t.Errorf("\n got %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestListingAsJSON(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := well(t, dir, "ls", "-q", "--output", "json", "-s", "totals", "--resource-type", "model")
	var node struct {
		Name      string
		Config    struct{ Materialized string }
		DependsOn struct{ Nodes []string } `json:"depends_on"`
		RawCode   *string                  `json:"raw_code"`
	}
	if err := json.Unmarshal([]byte(out.stdout), &node); err != nil {
		t.Fatalf("%v: %s", err, out.stdout)
	}
	if node.Name != "totals" || node.Config.Materialized != "table" || node.RawCode != nil {
		t.Errorf("%+v", node)
	}
	if diff := cmp.Diff([]string{"model.shop.orders"}, node.DependsOn.Nodes); diff != "" {
		t.Error(diff)
	}
	out = well(t, dir, "ls", "-q", "--output", "json", "--output-keys", "name", "config.materialized", "nope", "-s", "totals", "--resource-type", "model")
	if want := `{"name": "totals", "config.materialized": "table"}` + "\n"; out.stdout != want {
		t.Errorf("%q", out.stdout)
	}
}

func TestListingNothing(t *testing.T) {
	t.Parallel()
	out := well(t, orders(t), "ls", "-s", "nowhere")
	if !strings.Contains(out.stdout, "No nodes selected!") {
		t.Error(out.stdout)
	}
}
