package app

import (
	"context"
	"fmt"
	"time"

	"parvis/internal/audit"
	"parvis/internal/jobs"
	"parvis/internal/notify"
)

// How long what is only kept for a while is kept.
const (
	messagesKept = 90 * 24 * time.Hour
	looksKept    = 3 * 365 * 24 * time.Hour
	trailKept    = 3 * 365 * 24 * time.Hour
	sweepHour    = 3 // of the territory's night
)

// beside starts what runs as long as a house is open: its index follows the events, its jobs are done.
func (a *App) beside(running context.Context, h *House) error {
	sender, err := a.sender()
	if err != nil {
		return err
	}
	runner := jobs.NewRunner(h.Store, jobs.RunnerOptions{
		Clock: a.options.Clock, Log: a.options.Log.With("territory", h.ID), Grace: a.options.Config.Shutdown,
	})
	runner.Handle(notify.Sending(h.Store, sender))
	sweeping := []jobs.Kind{
		h.Accounts.Sweep(), h.Files.Sweep(), notify.Forgetting(h.Store, messagesKept), audit.Forget(h.Store, looksKept, trailKept),
	}
	h.Directory.Jobs(runner)
	for i, kind := range sweeping {
		runner.Handle(kind)
		runner.Schedule(jobs.Schedule{Name: kind.Name, Kind: kind.Name, Next: jobs.Daily(sweepHour, 5*i, h.Location())})
	}
	h.kinds = runner.Kinds()
	a.keep(running, h, "the jobs", runner.Run)
	a.keep(running, h, "the directory's index", h.Directory.Follow)
	return nil
}

// keep runs something until the program stops. What ends before is begun again: a store may have been away for a while.
func (a *App) keep(running context.Context, h *House, what string, run func(context.Context) error) {
	const pause = 2 * time.Second
	a.running.Go(func() {
		for running.Err() == nil {
			err := run(running)
			if running.Err() != nil {
				return
			}
			a.options.Log.Error("stopped and begun again: "+what, "territory", h.ID, "cause", err)
			select {
			case <-running.Done():
			case <-time.After(pause):
			}
		}
	})
}

// mails reports whether messages go out: to the mail server of the settings, and never in a demo.
func (o *Options) mails() bool { return !o.Demo && o.Config.Mail.Host != "" }

// sender is where messages go. In a demo they are kept to be looked at; where no mail server is set they wait for one.
func (a *App) sender() (notify.Sender, error) {
	mail := a.options.Config.Mail
	switch {
	case a.options.Demo:
		return notify.Capture{}, nil
	case !a.options.mails():
		return notify.Unset{}, nil
	}
	smtp, err := notify.NewSMTP(notify.SMTP{
		Host: mail.Host, Port: mail.Port, Security: notify.Security(mail.Security), User: mail.User,
		Password: mail.Password.Reveal(), From: mail.From, Clock: a.options.Clock,
	})
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return smtp, nil
}
