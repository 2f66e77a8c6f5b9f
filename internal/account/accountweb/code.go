package accountweb

import (
	"net/http"
	"net/url"

	"parvis/internal/account"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// codePage asks for the code that was sent.
type codePage struct {
	ui.Page
	Errors ui.ErrorSummary
	Code   ui.Field
	For    string // the token that goes with the code
	Next   string
	Stay   ui.Choice
	Enter  ui.Button
	Again  ui.Link
	Call   string // whom to call when no letter comes

	Letters *ui.Link // in a demo: where the letter is shown
}

// codeForm is what was entered.
type codeForm struct {
	Code string `form:"code,max=40"`
	For  string `form:"for,max=100"`
	Stay bool   `form:"stay"`
	Next string `form:"next"`
}

var _ = ui.Parse[codePage](files, "templates/code.html")

// code asks.
func (room *Room) code(w http.ResponseWriter, r *web.Request) error {
	query := r.URL.Query()
	if query.Get("for") == "" {
		return r.Redirect(w, "/sign-in")
	}
	return r.Render(w, room.codePage(r, codeForm{For: query.Get("for"), Next: web.Local(query.Get("next"), "")}, nil))
}

// enterCode takes the code.
func (room *Room) enterCode(w http.ResponseWriter, r *web.Request) error {
	var form codeForm
	if err := r.Decode(&form); err != nil {
		return err
	}
	form.Next = web.Local(form.Next, "")
	if err := mayBegin(r); err != nil {
		return err
	}
	t := try(r, "")
	a, err := room.accounts.Code(r.Context(), form.For, form.Code, t)
	if wrong, ok := r.Errors(err); ok {
		page := room.codePage(r, form, wrong)
		page.Status = http.StatusUnprocessableEntity
		return r.Render(w, page)
	}
	if problem.Is(err, problem.Gone) {
		return room.newCode(w, r, form)
	}
	if err != nil {
		return err
	}
	return room.welcome(w, r, a, account.ByCode, t, form.Stay, form.Next)
}

// newCode leads back to the start, where a new code is sent, and says why.
func (room *Room) newCode(w http.ResponseWriter, r *web.Request, form codeForm) error {
	page := room.signInPage(r, signInForm{Next: form.Next}, nil)
	page.Trouble = &ui.Notice{Tone: ui.Wait, Text: r.T("signin.code-gone"), Urgent: true}
	page.Status = http.StatusGone
	return r.Render(w, page)
}

func (room *Room) codePage(r *web.Request, form codeForm, wrong ui.Errors) *codePage {
	back := "/sign-in"
	if form.Next != "" {
		back += "?" + url.Values{"next": {form.Next}}.Encode()
	}
	page := &codePage{
		Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong},
		Code: ui.Field{Label: label(r, "code", r.T("signin.code"), r.T("signin.code-hint"), wrong), Short: true, Max: 40,
			InputMode: "numeric", Autocomplete: "one-time-code"},
		For: form.For, Next: form.Next, Stay: stay(r, form.Stay),
		Enter: ui.Button{Text: r.T("signin.enter"), Icon: "log-in", Main: true, Wide: true},
		Again: ui.Link{Href: back, Text: r.T("signin.new-code"), Icon: "refresh-cw"},
		Call:  r.Territory.Phone,
	}
	if r.Demo {
		page.Letters = &ui.Link{Href: "/_mail", Text: r.T("signin.demo-letters"), Icon: "mail"}
	}
	page.Page = ui.Page{Title: r.T("signin.code-title"), Private: true}
	return page
}
