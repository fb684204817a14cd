package cli

import (
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
)

func newVersion(g *global) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return printVersion(cmd.OutOrStdout(), g.env.Version) },
	}
}

func printVersion(w io.Writer, version string) error {
	_, err := fmt.Fprintf(w, "kith %s (runs dbt %s projects; %s %s/%s)\n", version, app.DbtVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return fault.Wrap(err, fault.Disk, "write the version")
	}
	return nil
}
