package cli

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/terminal"
)

func newMetricsList(g *global) *cobra.Command {
	var (
		format     string
		tag        string
		dimensions bool
	)
	cmd := &cobra.Command{
		Use: "ls", Aliases: []string{"list"}, Short: "List the metrics, or the dimensions", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			catalog, err := s.Catalog(cmd.Context())
			if err != nil {
				return s.end(err)
			}
			columns, rows := listMetrics(catalog, tag)
			if dimensions {
				columns, rows = listDimensions(catalog)
			}
			return s.end(s.writeRows(cmd, format, columns, rows))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&format, "format", string(terminal.Table), "how to print: "+strings.Join(terminal.Formats(), ", "))
	fs.StringVar(&tag, "tag", "", "only metrics with this tag")
	fs.BoolVar(&dimensions, "dimensions", false, "list the dimensions")
	return cmd
}

func textColumns(names ...string) []metric.Column {
	out := make([]metric.Column, len(names))
	for i, n := range names {
		out[i] = metric.Column{Name: n, Type: "text"}
	}
	return out
}

func listMetrics(c *metric.Catalog, tag string) ([]metric.Column, [][]any) {
	rows := [][]any{}
	for _, m := range c.Metrics() {
		if tag != "" && !slices.Contains(m.Tags, tag) {
			continue
		}
		rows = append(rows, []any{m.Name, m.Label, string(m.Format), strings.Join(m.Tags, " "), m.Description})
	}
	return textColumns("name", "label", "format", "tags", "description"), rows
}

func listDimensions(c *metric.Catalog) ([]metric.Column, [][]any) {
	rows := [][]any{}
	for _, d := range c.Dimensions() {
		rows = append(rows, []any{d.Name, d.Label, string(d.Type), d.Description})
	}
	return textColumns("name", "label", "type", "description"), rows
}

// writeJSON prints a value as indented JSON.
func writeJSON(cmd *cobra.Command, v any) error {
	enc := json.NewEncoder(cmd.OutOrStdout())
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fault.Wrap(err, fault.Disk, "the output cannot be written")
	}
	return nil
}
