package main

import (
	"github.com/spf13/cobra"

	"parvis/internal/app"
)

func backupCommand(s *settings) *cobra.Command {
	var recipient string
	command := &cobra.Command{
		Use:   "backup TERRITORY FILE",
		Short: "write a copy of a territory, its store and its files, while it serves; then read it back and compare",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			size, err := app.Backup(cmd.Context(), o, args[0], args[1], recipient)
			if err != nil {
				return err
			}
			say("%s: %d bytes, read back and found whole", args[1], size)
			return nil
		},
	}
	command.Flags().StringVar(&recipient, "recipient", "", "age public key that alone can open it (age1...)")
	return command
}

func restoreCommand(s *settings) *cobra.Command {
	var identity string
	command := &cobra.Command{
		Use:   "restore TERRITORY FILE",
		Short: "bring a territory back from a copy, into a data folder or database that does not hold it",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			if err := app.Restore(cmd.Context(), o, args[0], args[1], identity); err != nil {
				return err
			}
			say("%s is restored and found whole", args[0])
			return nil
		},
	}
	command.Flags().StringVar(&identity, "identity", "", "file with the age key that opens it")
	return command
}

func copyCommand(s *settings) *cobra.Command {
	var to string
	command := &cobra.Command{
		Use:   "copy TERRITORY",
		Short: "copy a territory's store to the other engine: from a file to PostgreSQL, or back",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			rows, err := app.Copy(cmd.Context(), o, args[0], to)
			if err != nil {
				return err
			}
			say("%s: %d events copied; row counts of all tables agree", args[0], rows)
			return nil
		},
	}
	command.Flags().StringVar(&to, "to", "", "where to: postgres://user@host/database, or sqlite")
	if err := command.MarkFlagRequired("to"); err != nil {
		panic(err)
	}
	return command
}
