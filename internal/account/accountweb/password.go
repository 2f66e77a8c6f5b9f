package accountweb

import (
	"net/http"

	"parvis/internal/account"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// passwordPage changes one's password, or sets the first.
type passwordPage struct {
	ui.Page
	Errors  ui.ErrorSummary
	Trouble *ui.Notice
	Address string // for programs that keep passwords
	AskOld  bool
	Old     ui.Field
	New     ui.Field
	Save    ui.Button
	Back    ui.Link
}

// passwordForm is what was entered.
type passwordForm struct {
	Old string `form:"old,max=400"`
	New string `form:"password,max=400"`
}

var _ = ui.Parse[passwordPage](files, "templates/password.html")

// password asks.
func (room *Room) password(w http.ResponseWriter, r *web.Request) error {
	page, err := room.passwordPage(r, nil)
	if err != nil {
		return err
	}
	return r.Render(w, page)
}

// setPassword takes it. All sessions end, and this browser gets a new one.
func (room *Room) setPassword(w http.ResponseWriter, r *web.Request) error {
	_, session, err := room.who(r)
	if err != nil {
		return err
	}
	var form passwordForm
	t := try(r, "")
	if err = r.Decode(&form); err == nil {
		err = room.accounts.ChangePassword(r.Context(), session, t, form.Old, form.New)
	}
	wrong, ok := r.Errors(err)
	trouble, status := patience(r, err)
	switch {
	case ok || trouble != nil:
		page, err := room.passwordPage(r, wrong)
		if err != nil {
			return err
		}
		page.Trouble, page.Status = trouble, http.StatusUnprocessableEntity
		if trouble != nil {
			page.Status = status
		}
		return r.Render(w, page)
	case err != nil:
		return err
	}
	a, err := room.accounts.Get(r.Context(), session.Account)
	if err != nil {
		return err
	}
	return room.welcome(w, r, a, account.ByPassword, t, false, "/account?done=password")
}

func (room *Room) passwordPage(r *web.Request, wrong ui.Errors) (*passwordPage, error) {
	who, session, err := room.who(r)
	if err != nil {
		return nil, err
	}
	a, err := room.accounts.Get(r.Context(), who.Account)
	if err != nil {
		return nil, err
	}
	has, err := room.accounts.HasPassword(r.Context(), a.ID)
	if err != nil {
		return nil, err
	}
	page := &passwordPage{
		Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong}, Address: a.Mail, AskOld: has && !session.Fresh,
		Old: ui.Field{Label: label(r, "old", r.T("signin.old-password"), r.T("signin.old-password-hint"), wrong), Type: "password",
			Autocomplete: "current-password", Max: 400},
		New: ui.Field{Label: label(r, "password", r.T("signin.choose-password"), r.T("signin.password-hint"), wrong), Type: "password",
			Autocomplete: "new-password", Max: 400},
		Save: ui.Button{Text: r.T("signin.save"), Icon: "check", Main: true, Wide: true},
		Back: ui.Link{Href: "/account", Text: r.T("signin.back"), Icon: "arrow-left"},
	}
	page.Page = ui.Page{Title: r.T("signin.set-password"), Private: true}
	if has {
		page.Title = r.T("signin.change-password")
	}
	return page, nil
}
