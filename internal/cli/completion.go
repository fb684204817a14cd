package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/fault"
)

func newCompletion(*global) *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: "Print a script that completes commands and flags in your shell",
		Args: exactly("the name of a shell"), ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(cmd *cobra.Command, args []string) error {
			root, out := cmd.Root(), cmd.OutOrStdout()
			var err error
			switch args[0] {
			case "bash":
				err = root.GenBashCompletionV2(out, true)
			case "zsh":
				err = root.GenZshCompletion(out)
			case "fish":
				err = root.GenFishCompletion(out, true)
			case "powershell":
				err = root.GenPowerShellCompletionWithDesc(out)
			default:
				return fault.New(fault.Usage, "there is no completion for %q", args[0]).WithHint("use bash, zsh, fish or powershell")
			}
			if err != nil {
				return fault.Wrap(err, fault.Disk, "write the script")
			}
			return nil
		},
	}
}
