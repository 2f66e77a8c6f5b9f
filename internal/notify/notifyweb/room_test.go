package notifyweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n/i18ntest"
	"parvis/internal/jobs"
	"parvis/internal/notify"
	"parvis/internal/notify/notifyweb"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

var ctx = context.Background()

// open builds the page on a store that is a demo, or is not.
func open(t *testing.T, address string, marked, public bool, change func(*web.Site)) (*webtest.Client, *db.DB) {
	t.Helper()
	c := clock.At(webtest.Noon)
	d := dbtest.Open(t, address, db.Options{Clock: c})
	if marked {
		if err := d.Write(ctx, func(tx *db.Tx) error { return tx.Set(db.SettingDemo, "true") }); err != nil {
			t.Fatal(err)
		}
	}
	site := webtest.Site(t, notifyweb.Locales)
	site.Demo = true
	if change != nil {
		change(site)
	}
	return webtest.New(t, web.NewHandler(site, notifyweb.NewRoom(d, public).Routes())), d
}

func capture(t *testing.T, d *db.DB, subject string) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := notify.Write(tx, notify.Message{To: "ana@example.org", Lang: "vi", Kind: "account.code", Subject: subject, Secret: true,
			Text: "Kính gửi <b>Ana</b>,\n\n123 456\n\nMã dùng được một lần.\nCảm ơn."})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r := jobs.NewRunner(d, jobs.RunnerOptions{Clock: clock.At(webtest.Noon), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	r.Handle(notify.Sending(d, notify.Capture{}))
	if n, err := r.RunDue(ctx); n != 1 || err != nil {
		t.Fatal(n, err)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, notifyweb.Locales)
}

func TestCapturedLettersAreShown(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, d := open(t, address(t), true, false, nil)
			for lang, title := range map[string]string{"fr": "Les messages de cette démonstration", "en": "Letters of this demonstration",
				"ro": "Mesajele acestei demonstrații", "vi": "Thư của bản trình diễn này", "zh": "本演示的信件"} {
				p := c.In(lang).Get("/_mail").Is(http.StatusOK)
				if p.Text("h1") != title || !p.Has(`.empty a[href="/sign-in"]`) || p.Has(".letters") {
					t.Errorf("%s: %s", lang, p.Text("main"))
				}
			}
			capture(t, d, "Mã đăng nhập")
			p := c.Get("/_mail").Is(http.StatusOK)
			if p.Text("h2") != "Mã đăng nhập" || p.Attr("h2", "lang") != "vi" || !strings.Contains(p.Text(".letters"), "À ana@example.org") {
				t.Errorf("%s", p.Text("main"))
			}
			lines := p.Texts(".letters .stack > div")
			if len(lines) != 3 || lines[1] != "123 456" || lines[0] != "Kính gửi <b>Ana</b>," || !p.Has(".letters .stack > div br") {
				t.Errorf("%q", lines)
			}
		})
	}
}

func TestThePageIsInDemosAlone(t *testing.T) {
	t.Parallel()
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for name, c := range map[string]struct {
		marked, public bool
		change         func(*web.Site)
		from           string
		want           int
	}{
		"the real thing":             {true, true, func(s *web.Site) { s.Demo = false }, "", http.StatusNotFound},
		"a store that is none":       {false, true, nil, "", http.StatusNotFound},
		"a demo, from here":          {true, false, nil, "", http.StatusOK},
		"a demo, from elsewhere":     {true, false, func(s *web.Site) { s.Proxies = loopback }, "192.0.2.1", http.StatusNotFound},
		"a public one, from outside": {true, true, func(s *web.Site) { s.Proxies = loopback }, "192.0.2.1", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := open(t, dbtest.SQLite(t), c.marked, c.public, c.change)
			client.With("X-Forwarded-For", c.from).Get("/_mail").Is(c.want)
		})
	}
}
