package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"parvis/internal/authz"
	"parvis/internal/i18n"
	"parvis/internal/problem"
	"parvis/internal/web/ui"
)

// Render writes a page: a pointer to a struct that embeds ui.Page and was given to ui.Parse. What surrounds it is filled
// here. Nothing is sent before all of it is made.
func (r *Request) Render(w http.ResponseWriter, page any) error {
	framed, ok := page.(ui.Framed)
	if !ok {
		return problem.Because(problem.Internal, notAPage{page})
	}
	base := ui.Base(framed)
	base.Frame = r.frame()
	b := buffers.Get().(*bytes.Buffer)
	defer release(b)
	b.Reset()
	if err := ui.Render(b, framed); err != nil {
		return problem.Because(problem.Internal, err)
	}
	header := w.Header()
	header["Content-Type"] = htmlType
	if header.Get("Content-Language") == "" {
		header.Set("Content-Language", r.Words.Lang())
	}
	if base.Status != 0 {
		w.WriteHeader(base.Status)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Send answers with what is no page, or says that the reader has it already.
func (r *Request) Send(w http.ResponseWriter, kind string, body []byte) error {
	header, tag := w.Header(), tagOf(body)
	header.Set("Etag", tag)
	header.Set("Cache-Control", "public, no-cache")
	header.Set("Content-Type", kind)
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, err := w.Write(body)
	return err
}

// Redirect sends the person on with 303, the answer to a write that worked. The address is of this site: a path, and
// perhaps a query.
func (r *Request) Redirect(w http.ResponseWriter, address string) error {
	if !local(address) {
		return problem.Because(problem.Internal, foreign(address))
	}
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// Moved answers that what is here stands at another address of this site for good: 301.
func (r *Request) Moved(w http.ResponseWriter, address string) error {
	if !local(address) {
		return problem.Because(problem.Internal, foreign(address))
	}
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusMovedPermanently)
	return nil
}

// local reports whether an address stays on this site.
func local(address string) bool {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && u.Host == "" && u.Scheme == ""
}

// Local gives address when it stays on this site, else otherwise: for "back to where you were".
func Local(address, otherwise string) string {
	if local(address) {
		return address
	}
	return otherwise
}

// T is a message in the person's language.
func (r *Request) T(key string, args ...any) string { return r.Words.T(key, args...) }

// In gives a text in the person's language, else in the territory's first.
func (r *Request) In(text i18n.Text) string {
	return text.In(r.Words.Lang(), r.Territory.Languages...)
}

// Need refuses a person who may not do action: as visitor with the way to sign in, else as forbidden.
func (r *Request) Need(action authz.Action) error {
	switch {
	case r.Who.Can(action):
		return nil
	case !r.Who.SignedIn():
		return problem.New(problem.Unauthenticated, "")
	default:
		return problem.New(problem.Forbidden, "")
	}
}

// Errors turns the field errors of err into what a form shows. ok is false when err is not about fields: return it.
func (r *Request) Errors(err error) (errors ui.Errors, ok bool) {
	e := problemOf(err)
	if e == nil || e.Kind != problem.Invalid || len(e.Fields) == 0 {
		return nil, false
	}
	for _, field := range e.Fields {
		errors = append(errors, ui.FieldError{Name: field.Name, Text: r.Words.T(field.Key, field.Args...)})
	}
	return errors, true
}

// Origin is the address of this site as the person reaches it ("https://auch.example.org"), for links that leave it: a
// QR code, a poster, a mail.
func (r *Request) Origin() string {
	scheme := "http"
	if secure(r.Request) {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// frame is what surrounds every page of this request.
func (r *Request) frame() ui.Frame {
	t, lang := r.Territory, r.Words.Lang()
	in := func(text i18n.Text) string { return text.In(lang, t.Languages...) }
	hours := r.phone
	if r.PhoneHours != nil {
		hours = r.PhoneHours(r.Words)
	}
	frame := ui.Frame{
		Words: r.Words, Demo: r.Demo, Theme: themeOf(t.Hue).Path, Here: here(r.URL), Ref: r.Ref, Nav: r.navigation(),
		House: ui.House{
			ID: t.ID, Name: in(t.Name), Short: in(t.Short), Sentence: in(t.Sentence), Phone: t.Phone,
			PhoneLink: ui.TelLink(t.Phone), Hours: hours, Emergency: t.Emergency, Mail: t.Mail, Address: in(t.Address),
			SignIn: r.SignIn, Home: "/",
		},
	}
	for _, code := range t.Languages {
		frame.Languages = append(frame.Languages, ui.Language{
			Code: code, Name: ownName(code), Href: inLanguage(r.URL, code), Current: code == lang,
		})
	}
	if r.Who.SignedIn() {
		frame.Person = ui.Person{In: true, Name: r.Who.Name, Role: r.Words.T("web.role-" + string(r.Who.Role))}
	}
	return frame
}

func (r *Request) navigation() []ui.NavItem {
	items := make([]ui.NavItem, 0, len(r.Site.Nav))
	for _, nav := range r.Site.Nav {
		if nav.Can != "" && !r.Who.Can(nav.Can) {
			continue
		}
		items = append(items, ui.NavItem{
			Href: nav.Href, Text: r.Words.T(nav.Key), Icon: nav.Icon, Current: r.URL.Path == nav.Href,
		})
	}
	return items
}
