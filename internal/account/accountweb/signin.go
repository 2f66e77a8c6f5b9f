package accountweb

import (
	"errors"
	"net/http"
	"net/url"

	"parvis/internal/account"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// signInPage asks who one is: an address, then a code by mail or a password.
type signInPage struct {
	ui.Page
	Errors   ui.ErrorSummary
	Trouble  *ui.Notice // too fast, too many
	Mail     ui.Field
	Next     string
	Codes    bool // a code can be sent
	SendCode ui.Button
	Open     bool // the part with the password is unfolded
	Password ui.Field
	Stay     ui.Choice
	WithPass ui.Button
	Call     string // whom to call without a password, where no code can be sent
	Demo     bool
	Enter    []ui.Button // in a demo: as whom to come in
}

// signInForm is what was entered.
type signInForm struct {
	Mail     string `form:"mail,max=254"`
	Password string `form:"password,max=400"`
	Way      string `form:"way"`
	Stay     bool   `form:"stay"`
	Next     string `form:"next"`
}

var _ = ui.Parse[signInPage](files, "templates/sign-in.html")

// signIn asks. Who is in already is led on.
func (room *Room) signIn(w http.ResponseWriter, r *web.Request) error {
	next := web.Local(r.URL.Query().Get("next"), "")
	if r.Who.SignedIn() {
		return r.Redirect(w, web.Local(next, "/account"))
	}
	page := room.signInPage(r, signInForm{Next: next}, nil)
	if r.URL.Query().Get("done") == "out" {
		page.Notice = &ui.Notice{Tone: ui.Good, Text: r.T("signin.signed-out")}
	}
	return r.Render(w, page)
}

// comeIn takes an address, and a password or the wish for a code.
func (room *Room) comeIn(w http.ResponseWriter, r *web.Request) error {
	var form signInForm
	if err := r.Decode(&form); err != nil {
		return room.again(w, r, form, err)
	}
	form.Next = web.Local(form.Next, "")
	if err := mayBegin(r); err != nil {
		return err
	}
	t := try(r, form.Mail)
	if form.Password == "" && form.Way != "password" && room.options.Mail {
		token, err := room.accounts.SendCode(r.Context(), t)
		if err != nil {
			return room.again(w, r, form, err)
		}
		return r.Redirect(w, codeAddress(token, form.Next))
	}
	a, err := room.accounts.Password(r.Context(), t, form.Password)
	if err != nil {
		return room.again(w, r, form, err)
	}
	return room.welcome(w, r, a, account.ByPassword, t, form.Stay, form.Next)
}

func codeAddress(token, next string) string {
	query := url.Values{"for": {token}}
	if next != "" {
		query.Set("next", next)
	}
	return "/sign-in/code?" + query.Encode()
}

// welcome begins the session of who has come in, and leads on.
func (room *Room) welcome(w http.ResponseWriter, r *web.Request, a account.Account, proof account.Proof, t account.Try, stay bool, next string) error {
	if err := room.sessions.begin(w, r, a, proof, stay); err != nil {
		return err
	}
	if proof != account.ByDemo {
		know(w, r, t)
	}
	return r.Redirect(w, web.Local(next, "/"))
}

// again shows the form with what is wrong beside its field, or why it must wait. What was typed is kept, but the password.
func (room *Room) again(w http.ResponseWriter, r *web.Request, form signInForm, err error) error {
	wrong, ok := r.Errors(err)
	trouble, status := patience(r, err)
	if !ok && trouble == nil {
		return err
	}
	page := room.signInPage(r, form, wrong)
	page.Status = http.StatusUnprocessableEntity
	if trouble != nil {
		page.Trouble, page.Status = trouble, status
		w.Header().Set("Retry-After", "30")
	}
	return r.Render(w, page)
}

// patience is what is said to who must wait; nil when that is not the trouble.
func patience(r *web.Request, err error) (*ui.Notice, int) {
	var e *problem.Error
	if !errors.As(err, &e) || e.Key == "" || e.Kind != problem.TooMany && e.Kind != problem.Unavailable {
		return nil, 0
	}
	status := http.StatusTooManyRequests
	if e.Kind == problem.Unavailable {
		status = http.StatusServiceUnavailable
	}
	return &ui.Notice{Tone: ui.Wait, Text: r.T(e.Key, e.Args...), Urgent: true}, status
}

func (room *Room) signInPage(r *web.Request, form signInForm, wrong ui.Errors) *signInPage {
	page := &signInPage{
		Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong},
		Mail: ui.Field{Label: label(r, "mail", r.T("signin.mail"), "", wrong), Value: form.Mail, Type: "email",
			Autocomplete: "username", Max: 254},
		Next: form.Next, Codes: room.options.Mail,
		SendCode: ui.Button{Text: r.T("signin.send-code"), Icon: "mail", Main: true, Wide: true, Name: "way", Value: "code"},
		Open:     !room.options.Mail || form.Way == "password" || wrong.For("password") != "",
		Password: ui.Field{Label: label(r, "password", r.T("signin.password"), "", wrong), Type: "password",
			Autocomplete: "current-password", Max: 400},
		Stay:     stay(r, form.Stay),
		WithPass: ui.Button{Text: r.T("signin.with-password"), Icon: "log-in", Main: !room.options.Mail, Wide: true, Name: "way", Value: "password"},
		Demo:     r.Demo, Enter: roles(r),
	}
	if !page.Codes {
		page.Call = r.Territory.Phone
	}
	page.Page = ui.Page{Title: r.T("signin.title"), Private: true}
	return page
}

// label is a field's name, help and what is wrong with it.
func label(r *web.Request, name, text, hint string, wrong ui.Errors) ui.Label {
	return ui.Label{Words: r.Words, Name: name, Label: text, Hint: hint, Error: wrong.For(name)}
}

// stay asks whether this browser is one's own.
func stay(r *web.Request, checked bool) ui.Choice {
	return ui.Choice{Many: true, Label: ui.Label{Words: r.Words, Name: "stay", Label: r.T("signin.whose-device")},
		Options: []ui.Option{{Value: "1", Text: r.T("signin.stay"), Hint: r.T("signin.stay-hint"), Checked: checked}}}
}

// signOut ends the session and says so: at a shared computer one wants to be sure.
func (room *Room) signOut(w http.ResponseWriter, r *web.Request) error {
	if err := room.sessions.end(w, r); err != nil {
		return err
	}
	return r.Redirect(w, "/sign-in?done=out")
}
