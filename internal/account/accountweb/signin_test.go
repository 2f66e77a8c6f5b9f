package accountweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parvis/internal/account/accountweb"
	"parvis/internal/authz"
	"parvis/internal/db/dbtest"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// Somebody comes in by a code, looks at their account, and goes: on both engines.
func TestSomebodyComesInByCodeAndGoes(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, address(t), accountweb.Options{Mail: true}, nil)
			w.person("ana@example.org", authz.Resident)
			c := w.client()
			refused := c.Get("/account").Is(http.StatusUnauthorized)
			if got := refused.Attr(`a[href^="/sign-in?next"]`, "href"); got != "/sign-in?next=%2Faccount" {
				t.Errorf("the way to sign in is %q", got)
			}
			first := c.Get("/sign-in?next=/account").Is(http.StatusOK)
			next := first.Attr(`form[action="/sign-in"] input[name=next]`, "value")
			to := w.leads(c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "way": {"code"}, "next": {next}}), "/sign-in/code?for=*")
			ask := c.Get(to).Is(http.StatusOK)
			if ask.Attr(`input[name=code]`, "autocomplete") != "one-time-code" || ask.Attr(`input[name=code]`, "inputmode") != "numeric" {
				t.Error("a phone does not offer the code by itself")
			}
			form := url.Values{"for": {ask.Attr(`input[name=for]`, "value")}, "next": {ask.Attr(`input[name=next]`, "value")}, "code": {"123"}}
			wrong := c.Post("/sign-in/code", form).Is(http.StatusUnprocessableEntity)
			if text := wrong.Text(`#f-code-error`); !strings.Contains(text, "4 essais") {
				t.Errorf("%q", text)
			}
			form.Set("code", w.code())
			in := c.Post("/sign-in/code", form)
			w.leads(in, "/account")
			if s := cookie(in, "parvis"); s == nil || !s.HttpOnly || s.Secure || s.SameSite != http.SameSiteLaxMode || s.Path != "/" || s.MaxAge != 0 || len(s.Value) < 40 {
				t.Errorf("the session's cookie: %+v", s)
			}
			if b := cookie(in, "parvis-browser"); b == nil || !b.HttpOnly || b.MaxAge < 10_000_000 {
				t.Errorf("the browser's cookie: %+v", b)
			}
			here := c.Get("/account").Is(http.StatusOK)
			if got := here.Texts("dl.kv dd"); got[0] != "Ana Ionescu" || got[1] != "ana@example.org" || got[2] != "habitant" {
				t.Errorf("who am I: %v", got)
			}
			out := c.Post("/sign-out", nil)
			w.leads(out, "/sign-in?done=out")
			if s := cookie(out, "parvis"); s == nil || s.MaxAge >= 0 {
				t.Errorf("the cookie stays: %+v", s)
			}
			c.Get("/account").Is(http.StatusUnauthorized)
			if old := cookie(in, "parvis"); w.client().With("Cookie", "parvis="+old.Value).Get("/account").Status != http.StatusUnauthorized {
				t.Error("the old cookie still opens")
			}
		})
	}
}

func TestAPasswordOpensToo(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Agent)
	c := w.client()
	wrong := c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {"a slip of the hand"}, "way": {"code"}}).
		Is(http.StatusUnprocessableEntity) // Enter in the password's field presses the first button
	if !wrong.Has(`details[open] #f-password-error`) || wrong.Attr(`input[name=mail]`, "value") != "ana@example.org" ||
		wrong.Attr(`input[name=password]`, "value") != "" || !wrong.Has(`#errors a[href="#f-password"]`) {
		t.Errorf("what is wrong does not show:\n%s", wrong.Body)
	}
	w.leads(c.Post("/sign-in", url.Values{"mail": {" ANA@example.org"}, "password": {good}, "next": {"//evil.example"}}), "/")
	w.leads(c.Get("/sign-in?next=/places"), "/places")
	w.leads(c.Get("/sign-in?next=https://evil.example/"), "/account")
	if len(w.letters) != 0 {
		t.Error("a letter was sent")
	}
}

func TestSigningInMakesANewSession(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Agent)
	c := w.in("ana@example.org")
	again := c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {good}})
	if s := cookie(again, "parvis"); s == nil || len(again.Header.Values("Set-Cookie")) != 2 {
		t.Errorf("cookies %v", again.Header.Values("Set-Cookie"))
	}
	all, err := w.accounts.Sessions(ctx, must(w.accounts.Find(ctx, "ana@example.org")).ID)
	if err != nil || len(all) != 1 {
		t.Errorf("%d sessions: the one before goes on, %v", len(all), err)
	}
	// A token that somebody put into the browser beforehand is never taken over.
	planted := strings.Repeat("p", 43)
	fixed := w.client().With("Cookie", "parvis="+planted).Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {good}})
	if s := cookie(fixed, "parvis"); s == nil || s.Value == planted {
		t.Errorf("a planted token serves: %+v", s)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWhoGuessesIsToldToWait(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Agent)
	guess := url.Values{"mail": {"ana@example.org"}, "password": {"guess number one"}, "way": {"password"}}
	c := w.client()
	for range 6 {
		c.Post("/sign-in", guess).Is(http.StatusUnprocessableEntity)
	}
	p := c.Post("/sign-in", guess).Is(http.StatusTooManyRequests)
	if !strings.Contains(p.Text(".notice.wait"), "seconde") || p.Attr(`input[name=mail]`, "value") != "ana@example.org" || p.Header.Get("Retry-After") == "" {
		t.Errorf("%s", p.Text(".notice.wait"))
	}
}

func TestACodeThatServesNoMoreLeadsToANewOne(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Agent)
	c := w.client()
	to := w.leads(c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "way": {"code"}, "next": {"/places"}}), "/sign-in/code?for=*")
	token := must(url.Parse(to)).Query().Get("for")
	code := w.code()
	w.clock.Advance(11 * time.Minute)
	p := c.Post("/sign-in/code", url.Values{"for": {token}, "code": {code}, "next": {"/places"}}).Is(http.StatusGone)
	if !p.Has(`form[action="/sign-in"] input[name=mail]`) || !strings.Contains(p.Text(".notice.wait"), "ne sert plus") ||
		p.Attr(`form[action="/sign-in"] input[name=next]`, "value") != "/places" {
		t.Errorf("%s", p.Text("main"))
	}
	w.leads(c.Get("/sign-in/code"), "/sign-in")
}

func TestWithoutMailOnlyPasswordsAreOffered(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), accountweb.Options{}, nil)
	w.person("ana@example.org", authz.Agent)
	c := w.client()
	if p := c.Get("/sign-in"); p.Has(`button[value=code]`) || p.Has("details.filter") || !p.Has(`input[name=password]`) {
		t.Error("a code is offered that nobody can send")
	}
	if p := c.Get("/sign-in"); !p.Has(`main a[href^="tel:"]`) {
		t.Error("who has no password is told nothing")
	}
	if p := usual(t).client().Get("/sign-in"); p.Has(`main a[href^="tel:"]`) {
		t.Error("where codes are sent nobody needs to call")
	}
	c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "way": {"code"}}).Is(http.StatusUnprocessableEntity)
	w.leads(c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {good}}), "/")
}

func TestWhoMayStaySignedIn(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("resident@example.org", authz.Resident)
	w.person("agent@example.org", authz.Agent)
	for mail, stays := range map[string]bool{"resident@example.org": true, "agent@example.org": false} {
		p := w.client().Post("/sign-in", url.Values{"mail": {mail}, "password": {good}, "stay": {"1"}})
		if s := cookie(p, "parvis"); s == nil || (s.MaxAge > 30*24*3600) != stays {
			t.Errorf("%s: %+v", mail, s)
		}
		all, err := w.accounts.Sessions(ctx, must(w.accounts.Find(ctx, mail)).ID)
		if err != nil || (all[0].Rest > 24*time.Hour) != stays {
			t.Errorf("%s rests %v, %v", mail, all[0].Rest, err)
		}
	}
}

// Over https the cookies are bound to the host; over an open network nobody signs in.
func TestTheWayIsSafe(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t), accountweb.Options{Mail: true}, func(s *web.Site) { s.Proxies = loopback })
	w.person("ana@example.org", authz.Agent)
	form := url.Values{"mail": {"ana@example.org"}, "password": {good}}
	safe := func(cookie string) *webtest.Client {
		return w.client().With("X-Forwarded-For", "192.0.2.1").With("X-Forwarded-Proto", "https").With("Cookie", cookie)
	}
	in := safe("").Post("/sign-in", form)
	w.leads(in, "/")
	session, browser := cookie(in, "__Host-parvis"), cookie(in, "__Host-parvis-browser")
	for _, c := range []*http.Cookie{session, browser} {
		if c == nil || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" {
			t.Fatalf("%+v in %v", c, in.Header.Values("Set-Cookie"))
		}
	}
	safe("__Host-parvis=" + session.Value).Get("/account").Is(http.StatusOK)
	safe("parvis=" + session.Value).Get("/account").Is(http.StatusUnauthorized)
	open := w.client().With("X-Forwarded-For", "192.0.2.1").With("X-Forwarded-Proto", "http")
	refused := open.Post("/sign-in", form).Is(http.StatusForbidden)
	if !strings.Contains(refused.Text("main"), "https") || refused.Header.Get("Set-Cookie") != "" {
		t.Errorf("%s", refused.Text("main"))
	}
	open.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "way": {"code"}}).Is(http.StatusForbidden)
}

func TestAnotherSitesFormSignsNobodyIn(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Agent)
	body := url.Values{"mail": {"ana@example.org"}, "password": {good}}.Encode()
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		c := w.client().With("Content-Type", "application/x-www-form-urlencoded").With(header, value)
		if p := c.Do(http.MethodPost, "/sign-in", strings.NewReader(body)).Is(http.StatusForbidden); p.Header.Get("Set-Cookie") != "" {
			t.Error("a session begins")
		}
	}
}
