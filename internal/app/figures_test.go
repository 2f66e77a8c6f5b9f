package app_test

import (
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/app"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/jobs"
	"parvis/internal/notify"
	"parvis/internal/web/webtest"
)

// look asks /metrics and gives its lines that begin with "parvis_".
func look(t *testing.T, a *app.App) []string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(webtest.New(t, a.Handler()).At("127.0.0.1:8080").Get("/metrics").Is(200).Body) {
		if strings.HasPrefix(line, "parvis_") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func has(t *testing.T, lines []string, want ...string) {
	t.Helper()
	for _, line := range want {
		if !slices.Contains(lines, line) {
			t.Errorf("no line %q in\n%s", line, strings.Join(lines, "\n"))
		}
	}
}

// Somebody who runs an installation sees what waits, what is late and what was given up, by kind, with labels that
// nothing from outside can multiply.
func TestFiguresTellTheQueues(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		a := open(t, o)
		has(t, look(t, a), `parvis_store_up{territory="vald"} 1`, `parvis_mail_sends 0`, `parvis_territories_left_out 0`,
			`parvis_jobs{kind="notify.send",state="waiting",territory="vald"} 0`, `parvis_jobs_late{kind="notify.send",territory="vald"} 0`)
		err := a.House("vald").Store.Write(t.Context(), func(tx *db.Tx) error {
			if _, err := notify.Write(tx, notify.Message{To: "bo@vald.example", Kind: "x", Lang: "fr", Subject: "x", Text: "x"}); err != nil {
				return err
			}
			for i := range 30 { // what a program of another version may have left
				if _, err := jobs.Enqueue(tx, fmt.Sprintf("strange.%d", i), nil, jobs.Options{}); err != nil {
					return err
				}
			}
			for _, row := range []string{
				"('a', 'notify.send', 'null', 'dead', 0, 0, 12, false, 0)", "('b', 'notify.send', 'null', 'dead', 0, 0, 12, false, 0)",
			} {
				if _, err := tx.Exec("INSERT INTO job (id, kind, args, state, due, priority, attempts, again, created) VALUES " + row); err != nil {
					return err
				}
			}
			_, err := tx.Exec(`INSERT INTO message (id, channel, recipient, account, lang, kind, subject, body, secret, state, attempts, last_error, created)
				VALUES ('m', 'mail', 'x@vald.example', '', 'fr', 'x', 'x', 'x', false, 'failed', 12, 'answered 550', 0)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		o.Clock.(*clock.Manual).Advance(2 * time.Minute)
		lines := look(t, a)
		has(t, lines, `parvis_jobs{kind="other",state="waiting",territory="vald"} 30`, `parvis_jobs_late{kind="other",territory="vald"} 30`,
			`parvis_jobs{kind="notify.send",state="failed",territory="vald"} 2`,
			`parvis_mail_messages{state="waiting",territory="vald"} 1`, `parvis_mail_messages{state="failed",territory="vald"} 1`)
		for _, line := range lines {
			if strings.Contains(line, "strange") || strings.Contains(line, "@") {
				t.Errorf("what came from elsewhere is a label: %s", line)
			}
		}
	})
}

func TestAStoreThatDoesNotAnswerHidesNoOther(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		a := demo(t, o, "auch", "sector4")
		if err := a.House("auch").Store.Close(); err != nil {
			t.Fatal(err)
		}
		has(t, look(t, a), `parvis_store_up{territory="auch"} 0`, `parvis_store_up{territory="sector4"} 1`,
			`parvis_mail_messages{state="waiting",territory="sector4"} 0`)
		webtest.New(t, a.Handler()).At("127.0.0.1:8080").Get("/health/ready").Is(503)
	})
}

// Health asks no table that grows: it answers as quickly with a long queue, and asks each store once.
func TestHealthAsksLittle(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	a := demo(t, o, "auch")
	before := a.House("auch").Store.Stats()
	client := webtest.New(t, a.Handler()).At("127.0.0.1:8080")
	for range 100 {
		client.Get("/health/live").Is(200)
	}
	if reads := a.House("auch").Store.Stats().Reads - before.Reads; reads > 50 { // the jobs look now and then
		t.Errorf("being alive cost %d reads", reads)
	}
}

// On the first day nobody has set a mail server: the log, the sign-in page, the check and the figures say so.
func TestWithoutAMailServerItIsSaid(t *testing.T) {
	t.Parallel()
	for _, mail := range []bool{false, true} {
		o := options(t, "")
		if mail {
			o.Config.Mail.Host, o.Config.Mail.Port, o.Config.Mail.From, o.Config.Mail.Security = "127.0.0.1", 9, "p@vald.example", "none"
		}
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		o.Log = slog.New(slog.NewTextHandler(&locked{w: &log}, nil))
		found, err := app.Check(t.Context(), o)
		if err != nil || len(found.Fine) != 1 {
			t.Fatalf("%+v, %v", found, err)
		}
		a, err := app.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		page := webtest.New(t, a.Handler()).At("127.0.0.1:8080").Get("/sign-in").Is(200)
		codes := len(page.All("button[name=way][value=code]"))
		figures := look(t, a)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		const says = "no mail server is set"
		if said := strings.Contains(strings.Join(found.Remarks, "\n"), says); said == mail {
			t.Errorf("mail %v: check remarks %q", mail, found.Remarks)
		}
		if strings.Contains(log.String(), says) == mail {
			t.Errorf("mail %v: the log is %s", mail, log.String())
		}
		if (codes == 1) != mail {
			t.Errorf("mail %v: %d buttons offer a code", mail, codes)
		}
		has(t, figures, map[bool]string{false: "parvis_mail_sends 0", true: "parvis_mail_sends 1"}[mail])
	}
}

func TestFiguresTellTheVersion(t *testing.T) {
	t.Parallel()
	a := demo(t, options(t, ""), "auch")
	build := regexp.MustCompile(`^parvis_build_info\{go="go1\.[^"]+",version="(\d+\.\d+\.\d+[^"]*)"\} 1$`)
	for _, line := range look(t, a) {
		if m := build.FindStringSubmatch(line); m != nil {
			if !strings.HasPrefix(app.Version(), "parvis "+m[1]+"\n") {
				t.Errorf("figures say %s, the program says %s", m[1], app.Version())
			}
			return
		}
	}
	t.Error("no version among the figures")
}
