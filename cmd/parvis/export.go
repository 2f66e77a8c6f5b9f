package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"parvis/internal/app"
)

func exportCommand(s *settings) *cobra.Command {
	var territory, format, file string
	command := &cobra.Command{
		Use:   "export --territory TERRITORY --format " + strings.Join(app.ExportFormats, "|"),
		Short: "write a territory's places for others: GeoJSON, the French national standard (csv), data.inclusion v1, HSDS 3.1",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			e := app.Export{Territory: territory, Format: format, To: cmd.OutOrStdout(), Out: cmd.ErrOrStderr()}
			if file == "" {
				return app.WriteExport(cmd.Context(), o, e)
			}
			return intoFile(file, func(to *os.File) error {
				e.To = to
				return app.WriteExport(cmd.Context(), o, e)
			})
		},
	}
	flags := command.Flags()
	flags.StringVar(&territory, "territory", "", "whose places")
	flags.StringVar(&format, "format", "", strings.Join(app.ExportFormats, ", "))
	flags.StringVar(&file, "out", "", "file to write; without it, the standard output")
	for _, name := range []string{"territory", "format"} {
		if err := command.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return command
}

// intoFile makes a file that is there only when it is whole: it is written beside, and takes the name at the end.
func intoFile(name string, write func(*os.File) error) error {
	to, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	err = write(to)
	if err == nil {
		err = to.Sync()
	}
	if err = errors.Join(err, to.Close()); err == nil {
		err = os.Rename(to.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(to.Name()))
	}
	return nil
}
