package accountweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/account"
	"parvis/internal/account/accountweb"
	"parvis/internal/authz"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n/i18ntest"
	"parvis/internal/jobs"
	"parvis/internal/notify"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

const good = "vent galet lampe quatre"

var (
	ctx   = context.Background()
	boss  = authz.Who{Account: "boss", Role: authz.Manager}
	light = account.Cost{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
)

// town is a territory's accounts with their pages.
type town struct {
	*testing.T
	accounts *account.Service
	site     *web.Site
	handler  http.Handler
	db       *db.DB
	clock    *clock.Manual
	letters  []notify.Message
	post     *jobs.Runner
}

func (t *town) Send(_ context.Context, m notify.Message) (notify.State, error) {
	t.letters = append(t.letters, m)
	return notify.Sent, nil
}

// open builds the pages on a store; change may alter the site before.
func open(t *testing.T, address string, o accountweb.Options, change func(*web.Site)) *town {
	t.Helper()
	w := &town{T: t, clock: clock.At(webtest.Noon), site: webtest.Site(t, account.Locales, accountweb.Locales)}
	w.db = dbtest.Open(t, address, db.Options{Clock: w.clock})
	w.accounts = account.New(account.Options{DB: w.db, Words: w.site.Words, Territory: w.site.Territory, Hasher: account.NewHasher(light, 4)})
	room := accountweb.NewRoom(w.accounts, o)
	w.site.SignIn, w.site.Who, w.site.Clock = true, room.Who, w.clock
	if change != nil {
		change(w.site)
	}
	w.handler = web.NewHandler(w.site, room.Routes())
	w.post = jobs.NewRunner(w.db, jobs.RunnerOptions{Clock: w.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	w.post.Handle(notify.Sending(w.db, w))
	return w
}

func usual(t *testing.T) *town {
	t.Helper()
	return open(t, dbtest.SQLite(t), accountweb.Options{Mail: true}, nil)
}

func demo(t *testing.T, o accountweb.Options) *town {
	t.Helper()
	w := open(t, dbtest.SQLite(t), o, func(s *web.Site) { s.Demo = true })
	if err := w.db.Write(ctx, func(tx *db.Tx) error { return tx.Set(db.SettingDemo, "true") }); err != nil {
		t.Fatal(err)
	}
	return w
}

// person makes an account with a password.
func (t *town) person(mail string, role authz.Role) account.Account {
	t.Helper()
	_, link, err := t.accounts.Invite(ctx, boss, account.Newcomer{Name: "Ana Ionescu", Mail: mail, Role: role, Lang: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	a, err := t.accounts.Accept(ctx, link.Token, account.Choice{Password: good})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (t *town) client() *webtest.Client { return webtest.New(t.T, t.handler) }

// in is a client that has come in by password.
func (t *town) in(mail string) *webtest.Client {
	t.Helper()
	c := t.client()
	t.leads(c.Post("/sign-in", url.Values{"mail": {mail}, "password": {good}, "way": {"password"}}), "/")
	return c
}

// leads wants a page to lead on to an address, or to one that begins so where it ends with a star.
func (t *town) leads(p *webtest.Page, to string) string {
	t.Helper()
	p.Is(http.StatusSeeOther)
	got := p.Header.Get("Location")
	if begin, star := strings.CutSuffix(to, "*"); got != to && !(star && strings.HasPrefix(got, begin)) {
		t.Errorf("%s leads to %q, want %q", p.Path, got, to)
	}
	return got
}

var codeInLetter = regexp.MustCompile(`(?m)^(\d{3} \d{3})$`)

// code delivers the letters and reads the code in the last.
func (t *town) code() string {
	t.Helper()
	if _, err := t.post.RunDue(ctx); err != nil {
		t.Fatal(err)
	}
	if len(t.letters) == 0 {
		t.Fatal("no letter came")
	}
	return codeInLetter.FindString(t.letters[len(t.letters)-1].Text)
}

// cookie is a cookie that an answer sets.
func cookie(p *webtest.Page, name string) *http.Cookie {
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func TestWords(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, accountweb.Locales)
}

// Each page in each language: its fields, its errors beside them, no word missing.
func TestPagesInEveryLanguage(t *testing.T) {
	t.Parallel()
	w := demo(t, accountweb.Options{Mail: true})
	titles := map[string]map[string]string{
		"fr": {"/sign-in": "Se connecter", "/account": "Votre compte"}, "en": {"/sign-in": "Sign in", "/account": "Your account"},
		"ro": {"/sign-in": "Conectare", "/account": "Contul dumneavoastră"}, "vi": {"/sign-in": "Đăng nhập", "/account": "Tài khoản của bạn"},
		"zh": {"/sign-in": "登录", "/account": "您的账号"},
	}
	for lang, want := range titles {
		_, link, err := w.accounts.Invite(ctx, boss, account.Newcomer{Name: "Bạch Mai", Mail: lang + "@example.org", Role: authz.Agent, Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		visitor := w.client().In(lang)
		p := visitor.Get("/sign-in").Is(http.StatusOK)
		if p.Attr("html", "lang") != lang || p.Text("h1") != want["/sign-in"] || !p.Has(`input[name=mail][type=email]`) || !p.Has(`button[value=code]`) {
			t.Errorf("%s: %s", lang, p.Text("h1"))
		}
		for _, path := range []string{"/_demo", link.Path(), "/sign-in/code?for=x"} {
			visitor.Get(path).Is(http.StatusOK)
		}
		wrong := visitor.Post("/sign-in", url.Values{"mail": {"nobody"}, "way": {"code"}}).Is(http.StatusUnprocessableEntity)
		if !wrong.Has(`#f-mail-error`) || wrong.Attr(`input[name=mail]`, "value") != "nobody" || wrong.Attr(`input[name=mail]`, "aria-invalid") != "true" {
			t.Errorf("%s: the error is not beside its field, or what was typed is gone", lang)
		}
		w.leads(visitor.Post("/sign-in", url.Values{"mail": {lang + "@example.org"}, "way": {"code"}}), "/sign-in/code?for=*")
		short := visitor.Post(link.Path(), url.Values{"name": {"Mai"}, "password": {"short"}}).Is(http.StatusUnprocessableEntity)
		if !short.Has(`#f-password-error`) || short.Attr(`input[name=password]`, "value") != "" || short.Attr(`input[name=name]`, "value") != "Mai" {
			t.Errorf("%s: the error is not beside its field, the name is gone, or the password is shown", lang)
		}
		w.leads(visitor.Post(link.Path(), url.Values{"name": {"Mai"}, "password": {good}}), "/account?done=welcome")
		for _, path := range []string{"/account?done=welcome", "/account?done=session", "/account?done=sessions", "/account?done=language",
			"/account?done=password", "/account/password"} {
			visitor.Get(path).Is(http.StatusOK)
		}
		if got := visitor.Get("/account").Text("h1"); got != want["/account"] {
			t.Errorf("%s: %q", lang, got)
		}
		w.leads(visitor.Post("/sign-out", nil), "/sign-in?done=out")
		if p := visitor.Get("/sign-in?done=out"); !p.Has(`.notice.good`) {
			t.Errorf("%s: nobody says that one is out", lang)
		}
	}
}

func TestNoPageHoldsASecretForLater(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Agent)
	c := w.client()
	for _, p := range []*webtest.Page{
		c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {"canary canary"}, "way": {"password"}}),
		c.Post("/sign-in/code", url.Values{"for": {"x"}, "code": {"canary"}}),
	} {
		if strings.Contains(p.Body, "canary") {
			t.Errorf("%s shows what was typed", p.Path)
		}
		if !strings.Contains(p.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s may be kept: %q", p.Path, p.Header.Get("Cache-Control"))
		}
	}
}
