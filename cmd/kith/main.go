// Command kith is the customer analytics platform: see package cli.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/kith-analytics/kith/internal/cli"
)

// version is set by the build: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() { os.Exit(run()) }

// run ends the command cleanly at the first interrupt; the second one kills the
// process, as the system does by itself.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "kith: this folder cannot be read:", err)
		return 2
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // then there is no ~/.dbt to look into
	}
	return cli.Main(ctx, cli.Environment{
		Version: version, Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Env: os.Environ(), WorkDir: dir, HomeDir: home,
	})
}
