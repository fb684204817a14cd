package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newInit(g *global) *cobra.Command {
	var (
		force    bool
		currency string
	)
	cmd := &cobra.Command{
		Use: "init DIR", Short: "Start a project: the shipped models, to use and to change", GroupID: groupStart, Args: exactly("one folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			dir, err := s.Init(app.InitOptions{Dir: args[0], Force: force, Currency: currency})
			if err == nil && !g.quiet {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), `A project is in %[1]s. Next:

  cd %[2]s
  kith load FILE...    # sales, customers, surveys...: see kith load sources
  kith build
  kith query "select * from gold.obt_overall_customer_kpis"
`, dir, shellWord(args[0]))
			}
			return s.end(err)
		},
	}
	cmd.Flags().StringVar(&currency, "currency", "", "ISO 4217 code of the shop's own money, such as EUR; transactions in another are set aside")
	cmd.Flags().BoolVar(&force, "force", false, "write into a folder that is not empty")
	return cmd
}
