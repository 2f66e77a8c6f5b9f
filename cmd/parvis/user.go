package main

import (
	"strings"

	"github.com/spf13/cobra"

	"parvis/internal/app"
)

func userCommand(s *settings) *cobra.Command {
	command := &cobra.Command{Use: "user", Short: "people who sign in: list, add, change their role, close, send a new link"}
	run := func(use, short string) {
		name, wants, _ := strings.Cut(use, " ")
		command.AddCommand(&cobra.Command{
			Use: use, Short: short, Args: cobra.ExactArgs(len(strings.Fields(wants))),
			RunE: func(cmd *cobra.Command, args []string) error {
				o, err := s.load()
				if err != nil {
					return err
				}
				lines, err := app.User(cmd.Context(), o, args[0], name, args[1:])
				for _, line := range lines {
					say("%s", line)
				}
				return err
			},
		})
	}
	run("list TERRITORY", "everybody who can sign in")
	run("add TERRITORY MAIL ROLE", "invite somebody; the link is printed once")
	run("role TERRITORY MAIL ROLE", "give somebody another role")
	run("close TERRITORY MAIL", "close an account and end its sessions")
	run("link TERRITORY MAIL", "a link to set a new password; printed once")
	return command
}
