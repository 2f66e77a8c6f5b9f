package accountweb_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"parvis/internal/account"
	"parvis/internal/account/accountweb"
	"parvis/internal/authz"
	"parvis/internal/db/dbtest"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Resident)
	phone := w.client().With("User-Agent", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36")
	w.leads(phone.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {good}}), "/")
	w.clock.Advance(time.Hour)
	c := w.in("ana@example.org")
	w.in("ana@example.org")
	p := c.Get("/account").Is(http.StatusOK)
	names := p.Texts(".sessions h3")
	if len(names) != 3 || !slices.Contains(names, "Chrome, Android") || len(p.All(".sessions .chip")) != 1 || len(p.All(".sessions form")) != 2 {
		t.Fatalf("%v", names)
	}
	if text := p.Text("main"); !strings.Contains(text, "à 12 h") || !strings.Contains(text, "à 13 h") {
		t.Errorf("times are not local: %s", text)
	}
	var id string
	for _, li := range p.All(".sessions .card") {
		if strings.Contains(webtest.Text(li), "Chrome, Android") {
			id = hidden(li)
		}
	}
	stranger := w.person("bo@example.org", authz.Resident)
	w.in(stranger.Mail).Post("/account/sessions/end", url.Values{"id": {id}}).Is(http.StatusNotFound)
	phone.Get("/account").Is(http.StatusOK)
	w.leads(c.Post("/account/sessions/end", url.Values{"id": {id}}), "/account?done=session")
	phone.Get("/account").Is(http.StatusUnauthorized)
	w.leads(c.Post("/account/sessions/end-others", nil), "/account?done=sessions")
	if p := c.Get("/account?done=sessions").Is(http.StatusOK); len(p.All(".sessions .card")) != 1 || p.Has(`form[action$="end-others"]`) || !p.Has(".notice.good") {
		t.Error("there are others still")
	}
}

// hidden is what a form in an element carries as "id".
func hidden(n *html.Node) (id string) {
	for c := range n.Descendants() {
		if c.Data == "input" {
			for _, a := range c.Attr {
				if a.Key == "value" {
					id = a.Val
				}
			}
		}
	}
	return id
}

func TestTheLanguageOfLetters(t *testing.T) {
	t.Parallel()
	w := usual(t)
	a := w.person("ana@example.org", authz.Resident)
	c := w.in("ana@example.org")
	if p := c.Get("/account"); p.Attr(`select[name=lang] option[selected]`, "value") != "fr" || !slices.Contains(p.Texts(`select[name=lang] option`), "Tiếng Việt") {
		t.Errorf("%v", p.Texts(`select[name=lang] option`))
	}
	to := w.leads(c.Post("/account/language", url.Values{"lang": {"vi"}}), "/account?done=language&hl=vi")
	if p := c.Get(to).Is(http.StatusOK); p.Attr("html", "lang") != "vi" || p.Attr(`select[name=lang] option[selected]`, "value") != "vi" {
		t.Error("the page does not follow")
	}
	if got := must(w.accounts.Get(ctx, a.ID)); got.Lang != "vi" {
		t.Errorf("%+v", got)
	}
	wrong := c.Post("/account/language", url.Values{"lang": {"de"}}).Is(http.StatusUnprocessableEntity)
	if !wrong.Has("#f-lang-error") {
		t.Error("nobody says what is wrong")
	}
}

func TestThePasswordIsChanged(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Resident)
	c, other := w.in("ana@example.org"), w.in("ana@example.org")
	const fresh = "nuage orange tapis onze"
	if p := c.Get("/account/password").Is(http.StatusOK); !p.Has(`input[name=old][autocomplete=current-password]`) ||
		!p.Has(`input[name=password][autocomplete=new-password]`) || p.Attr(`input[autocomplete=username]`, "value") != "ana@example.org" {
		t.Error("programs that keep passwords cannot help")
	}
	for field, form := range map[string]url.Values{"old": {"old": {"wrong"}, "password": {fresh}}, "password": {"old": {good}, "password": {"short"}}} {
		p := c.Post("/account/password", form).Is(http.StatusUnprocessableEntity)
		if !p.Has("#f-"+field+"-error") || strings.Contains(p.Body, fresh) {
			t.Errorf("%s: the error is not beside it, or the password is shown", field)
		}
	}
	w.leads(c.Post("/account/password", url.Values{"old": {good}, "password": {fresh}}), "/account?done=password")
	c.Get("/account").Is(http.StatusOK)
	other.Get("/account").Is(http.StatusUnauthorized)
	w.client().Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {good}}).Is(http.StatusUnprocessableEntity)
	w.leads(w.client().Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "password": {fresh}}), "/")
}

func TestWhoForgotComesByCodeAndSetsANewPassword(t *testing.T) {
	t.Parallel()
	w := usual(t)
	w.person("ana@example.org", authz.Resident)
	c := w.client()
	to := w.leads(c.Post("/sign-in", url.Values{"mail": {"ana@example.org"}, "way": {"code"}}), "/sign-in/code?for=*")
	w.leads(c.Post("/sign-in/code", url.Values{"for": {must(url.Parse(to)).Query().Get("for")}, "code": {w.code()}}), "/")
	if p := c.Get("/account/password"); p.Has(`input[name=old]`) {
		t.Error("the forgotten password is asked for")
	}
	w.leads(c.Post("/account/password", url.Values{"password": {"nuage orange tapis onze"}}), "/account?done=password")
}

func TestAnInvitationIsAccepted(t *testing.T) {
	t.Parallel()
	w := usual(t)
	a, link, err := w.accounts.Invite(ctx, boss, account.Newcomer{Name: "Bạch Mai", Mail: "mai@example.org", Role: authz.Manager})
	if err != nil {
		t.Fatal(err)
	}
	c := w.client().In("vi")
	p := c.Get(link.Path()).Is(http.StatusOK)
	if p.Attr(`input[name=name]`, "value") != "Bạch Mai" || p.Attr(`input[autocomplete=username]`, "value") != "mai@example.org" ||
		p.Header.Get("Referrer-Policy") != "same-origin" {
		t.Error("the page does not know whose it is")
	}
	in := c.Post(link.Path(), url.Values{"name": {"Nguyễn Bạch Mai"}, "password": {good}})
	w.leads(in, "/account?done=welcome")
	if p := c.Get("/account?done=welcome"); !strings.Contains(p.Text(".notice.good"), "Nguyễn Bạch Mai") {
		t.Error("nobody says welcome")
	}
	if got := must(w.accounts.Get(ctx, a.ID)); got.Lang != "vi" || got.State != account.Active {
		t.Errorf("%+v", got)
	}
	for _, path := range []string{link.Path(), "/invitation/made-up"} {
		gone := c.Get(path).Is(http.StatusGone)
		if !strings.Contains(gone.Text("main"), "đường dẫn mới") {
			t.Errorf("%s: %s", path, gone.Text("main"))
		}
	}
	reset, err := w.accounts.NewLink(ctx, boss, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if p := w.client().Get(reset.Path()).Is(http.StatusOK); p.Has(`input[name=name]`) || p.Text("h1") != "Choisissez un nouveau mot de passe" {
		t.Errorf("%s", p.Text("h1"))
	}
	w.leads(w.client().Post(reset.Path(), url.Values{"password": {"nuage orange tapis onze"}}), "/account?done=welcome")
	c.Get("/account").Is(http.StatusUnauthorized)
}

func TestADemoIsEnteredByRole(t *testing.T) {
	t.Parallel()
	w := demo(t, accountweb.Options{})
	c := w.client()
	if p := c.Get("/_demo").Is(http.StatusOK); len(p.All(`form[action="/_demo/enter"] button[name=role]`)) != 5 {
		t.Errorf("%v", p.Texts("button"))
	}
	if p := c.Get("/sign-in"); len(p.All(`form[action="/_demo/enter"] button[name=role]`)) != 5 {
		t.Error("sign-in does not offer the roles")
	}
	for _, role := range authz.Roles()[1:] {
		w.leads(c.Post("/_demo/enter", url.Values{"role": {string(role)}, "next": {"/account"}}), "/account")
		if got := c.Get("/account").Is(http.StatusOK).Texts("dl.kv dd"); got[1] != string(role)+"@vald.example" {
			t.Errorf("%s: %v", role, got)
		}
	}
	c.Post("/_demo/enter", url.Values{"role": {"emperor"}}).Is(http.StatusNotFound)
	c.Get("/_demo/enter").Is(http.StatusMethodNotAllowed)
	w.leads(c.Post("/_demo/enter", url.Values{"role": {"visitor"}}), "/")
	c.Get("/account").Is(http.StatusUnauthorized)
}

// The way into a demo exists in a demo alone, and for others than this machine only where they were let.
func TestTheWayIntoADemoIsClosedElsewhere(t *testing.T) {
	t.Parallel()
	enter := url.Values{"role": {"manager"}}
	real := usual(t)
	real.client().Get("/_demo").Is(http.StatusNotFound)
	real.client().Post("/_demo/enter", enter).Is(http.StatusNotFound)
	if real.client().Get("/sign-in").Has(`form[action="/_demo/enter"]`) {
		t.Error("the real thing offers roles")
	}
	unmarked := open(t, dbtest.SQLite(t), accountweb.Options{}, func(s *web.Site) { s.Demo = true })
	unmarked.client().Post("/_demo/enter", enter).Is(http.StatusNotFound)
	for public, want := range map[bool]int{false: http.StatusNotFound, true: http.StatusSeeOther} {
		w := demo(t, accountweb.Options{PublicDemo: public})
		w.site.Proxies = loopback
		outside := w.client().With("X-Forwarded-For", "192.0.2.1")
		outside.Post("/_demo/enter", enter).Is(want)
	}
}
