package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/terminal"
)

// auditLimit is how many entries are shown where nothing is said.
const auditLimit = 50

func newAudit(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use: "audit", Short: "Show who had personal data in clear, or was refused it", GroupID: groupData, Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAuditList(g))
	return cmd
}

func newAuditList(g *global) *cobra.Command {
	var (
		format string
		limit  int
	)
	cmd := &cobra.Command{
		Use: "ls", Aliases: []string{"list"}, Short: "List who revealed whose data, the newest first", Args: noArgs,
		Long: `List who had which customer's personal data in clear (reveal), or asked for it without the right
(reveal_refused), the newest first. Each entry holds the hash of the one before: where one was changed
or taken out, the command says so and fails.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			rows := [][]any{}
			_, broken := s.Audit(cmd.Context(), limit, func(e control.AuditEntry) error {
				rows = append(rows, []any{
					e.At.Format(time.RFC3339), e.Person, e.Action, e.Customer, strings.Join(e.Columns, " "), e.RequestID,
				})
				return nil
			})
			if broken != nil && len(rows) == 0 {
				return s.end(broken)
			}
			err = s.writeRows(cmd, format, textColumns("at", "person", "action", "customer_id", "columns", "request_id"), rows)
			if err == nil {
				err = broken
			}
			return s.end(err)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&format, "format", string(terminal.Table), "how to print: "+strings.Join(terminal.Formats(), ", "))
	fs.IntVar(&limit, "limit", auditLimit, "entries to print; below 0 for all")
	return cmd
}
