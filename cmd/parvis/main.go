// Command parvis brings every local public service within reach of every person. `parvis demo` shows it with five
// territories; `parvis init` makes a territory; `parvis serve` serves what the data folder holds.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"parvis/internal/app"

	_ "time/tzdata" // zones, on machines that have none
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "parvis:", err)
		os.Exit(1) //nolint:gocritic // stop only unregisters signals
	}
}

// root is the command with all its subcommands.
func root() *cobra.Command {
	var s settings
	command := &cobra.Command{
		Use:           "parvis",
		Short:         "every local public service, within reach of every person",
		Version:       app.Version(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	command.SetVersionTemplate("{{.Version}}\n")
	flags := command.PersistentFlags()
	flags.StringVar(&s.file, "config", os.Getenv("PARVIS_CONFIG"), "file of settings (TOML)")
	flags.StringVar(&s.data, "data", "", "folder of databases and files")
	flags.StringVar(&s.database, "database", "", "postgres://... instead of files; in the settings it is not seen by others")
	command.AddCommand(
		demoCommand(&s), serveCommand(&s), initCommand(&s), importCommand(&s), exportCommand(&s), userCommand(&s), checkCommand(&s),
		backupCommand(&s), restoreCommand(&s), copyCommand(&s), migrateCommand(&s), configCommand(&s), versionCommand(),
	)
	return command
}
