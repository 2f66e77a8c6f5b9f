package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"parvis/internal/app"
	"parvis/internal/config"
)

func initCommand(s *settings) *cobra.Command {
	var t app.NewTerritory
	command := &cobra.Command{
		Use:   "init TERRITORY",
		Short: "make a territory: a pack to fill in, a store, and a link for its first manager, printed once",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			t.ID = args[0]
			made, err := app.Init(cmd.Context(), o, t)
			if err != nil {
				return err
			}
			say("The territory %s is made.\n\nIts pack, to fill in:  %s\nIts first manager opens this link, once, within seven days:\n\n  %s\n\nThen: parvis serve --data %s", t.ID, made.Pack, made.Link, o.Config.Data)
			return nil
		},
	}
	flags := command.Flags()
	flags.StringVar(&t.Name, "name", "", "how it is called (\"Ville d'Auch\")")
	flags.StringVar(&t.Host, "host", "", "host name that it answers under (auch.example.org)")
	flags.StringVar(&t.Language, "language", "en", "its first language: en, fr, ro, vi or zh")
	flags.StringVar(&t.Country, "country", "", "two letters: FR, RO, VN, CN")
	flags.StringVar(&t.Zone, "zone", "", "time zone (Europe/Paris)")
	flags.StringVar(&t.Centre, "centre", "", "where its map opens: latitude,longitude (43.646,0.585)")
	flags.StringVar(&t.Phone, "phone", "", "number at which a person answers")
	flags.StringVar(&t.Manager, "manager", "", "mail address of its first manager")
	for _, name := range []string{"name", "host", "country", "zone", "centre", "phone", "manager"} {
		if err := command.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return command
}

func importCommand(s *settings) *cobra.Command {
	var feed app.Feed
	var undo string
	var list bool
	command := &cobra.Command{
		Use:   "import TERRITORY FILE | import TERRITORY --history | import TERRITORY --undo ID",
		Short: "bring places into the directory: any CSV, JSON or XLSX by a mapping file, the French national standard, data.inclusion v1, HSDS 3.1, Parvis's own tables",
		Args: func(cmd *cobra.Command, args []string) error {
			if undo != "" || list {
				return cobra.ExactArgs(1)(cmd, args)
			}
			return cobra.ExactArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			switch {
			case undo != "":
				return app.UndoImport(cmd.Context(), o, args[0], undo, os.Stdout)
			case list:
				return app.ListImports(cmd.Context(), o, args[0], os.Stdout)
			}
			file, err := os.Open(args[1])
			if err != nil {
				return err
			}
			defer file.Close()
			if info, err := file.Stat(); err == nil && info.IsDir() {
				feed.Folder = os.DirFS(args[1])
			}
			feed.Territory, feed.File, feed.Name, feed.Out = args[0], file, args[1], os.Stdout
			return app.Import(cmd.Context(), o, feed)
		},
	}
	flags := command.Flags()
	flags.StringVar(&feed.Source, "source", "", "name of the register that the file comes from; else the mapping file's")
	flags.StringVar(&feed.Mapping, "mapping", "", "file that says which column means what (docs/use/mapping.md)")
	flags.BoolVar(&feed.DryRun, "dry-run", false, "write nothing; tell what would be new, changed, gone and left out")
	flags.BoolVar(&feed.List, "list", false, "list every record that is new, changed or gone")
	flags.BoolVar(&feed.EndMissing, "end-missing", false, "what the register no longer has has closed for good")
	flags.BoolVar(&feed.Fewer, "yes-fewer", false, "with --end-missing: even when that is more than a third of it")
	flags.BoolVar(&feed.Ask, "ask", false, "merge nothing by itself: what is surely one place waits at the desk, too")
	flags.BoolVar(&list, "history", false, "list the imports that can be taken back")
	flags.StringVar(&undo, "undo", "", "take the import with this id back")
	return command
}

func checkCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "check [PACK]",
		Short: "print what is wrong with the settings and the packs, or with one pack: file, line, and what would be right",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
					return fmt.Errorf("%s is no folder: a pack is a folder with territory.yaml in it", args[0])
				}
				name, err := app.CheckPack(cmd.Context(), os.DirFS(args[0]))
				if err == nil {
					say("%s: nothing is wrong with it", name)
				}
				return err
			}
			o, err := s.load()
			if err != nil {
				return err
			}
			found, err := app.Check(cmd.Context(), o)
			if found != nil {
				for _, territory := range found.Fine {
					say("%s: nothing is wrong with its pack", territory)
				}
				for _, remark := range found.Remarks {
					say("Note: %s.", remark)
				}
			}
			return err
		},
	}
}

func migrateCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "bring the stores of all territories to this program's version; a copy is taken before",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			migrated, err := app.Migrate(cmd.Context(), o)
			for _, territory := range migrated {
				say("%s is at this program's version", territory)
			}
			return err
		},
	}
}

func configCommand(s *settings) *cobra.Command {
	var example bool
	command := &cobra.Command{
		Use:   "config",
		Short: "print the settings in force and where each comes from; secrets are not shown",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if example {
				return config.Example(os.Stdout)
			}
			o, err := s.load()
			if err != nil {
				return err
			}
			return o.Config.Print(os.Stdout)
		},
	}
	command.Flags().BoolVar(&example, "example", false, "print a file of all settings to begin from instead")
	return command
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the program's version and what it is built from",
		Args:  cobra.NoArgs,
		Run:   func(*cobra.Command, []string) { say("%s", app.Version()) },
	}
}
