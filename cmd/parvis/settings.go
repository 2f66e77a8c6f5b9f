package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"parvis/internal/app"
	"parvis/internal/config"
)

// settings are what every subcommand takes.
type settings struct {
	file, data, database, listen string
}

// load reads the settings and lets the flags win. Log lines go to standard error.
func (s *settings) load() (app.Options, error) {
	c, err := config.Load(s.file, os.Environ())
	if err != nil {
		return app.Options{}, err
	}
	err = errors.Join(c.Override("--data", "data", s.data), c.Override("--database", "database.url", s.database), c.Override("--listen", "listen", s.listen))
	if err != nil {
		return app.Options{}, err
	}
	o := app.Options{Config: c, Log: logger(c)}
	for _, warning := range c.Warnings {
		o.Log.Warn(warning)
	}
	return o, nil
}

func logger(c *config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.Log.Level}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }
