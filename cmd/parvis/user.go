package main

import (
	"github.com/spf13/cobra"

	"parvis/internal/app"
)

func userCommand(s *settings) *cobra.Command {
	command := &cobra.Command{Use: "user", Short: "people who sign in: list, add, change their role, close, send a new link"}
	run := func(use, short string, args int, do func(*app.Users, []string) error) *cobra.Command {
		return &cobra.Command{
			Use: use, Short: short, Args: cobra.ExactArgs(args),
			RunE: func(cmd *cobra.Command, args []string) error {
				o, err := s.load()
				if err != nil {
					return err
				}
				users, err := app.OpenUsers(cmd.Context(), o, args[0])
				if err != nil {
					return err
				}
				defer users.Close()
				return do(users, args[1:])
			},
		}
	}
	command.AddCommand(
		run("list TERRITORY", "everybody who can sign in", 1, func(u *app.Users, _ []string) error {
			lines, err := u.List()
			for _, line := range lines {
				say("%s", line)
			}
			return err
		}),
		run("add TERRITORY MAIL ROLE", "invite somebody; the link is printed once", 3, func(u *app.Users, args []string) error {
			return printed(u.Invite(args[0], args[1]))
		}),
		run("role TERRITORY MAIL ROLE", "give somebody another role", 3, func(u *app.Users, args []string) error {
			return u.SetRole(args[0], args[1])
		}),
		run("close TERRITORY MAIL", "close an account and end its sessions", 2, func(u *app.Users, args []string) error {
			return u.Deactivate(args[0])
		}),
		run("link TERRITORY MAIL", "a link to set a new password; printed once", 2, func(u *app.Users, args []string) error {
			return printed(u.Link(args[0]))
		}),
	)
	return command
}

func printed(link string, err error) error {
	if err == nil {
		say("%s", link)
	}
	return err
}
