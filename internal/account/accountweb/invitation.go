package accountweb

import (
	"net/http"

	"parvis/internal/account"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// invitationPage welcomes the owner of a link, who sets a password.
type invitationPage struct {
	ui.Page
	Errors   ui.ErrorSummary
	Trouble  *ui.Notice
	Lead     string
	Address  string // for programs that keep passwords
	About    ui.KeyValues
	New      bool // an invitation: the name may be changed
	Name     ui.Field
	Password ui.Field
	Enter    ui.Button
}

// invitationForm is what was entered.
type invitationForm struct {
	Name     string `form:"name,max=200"`
	Password string `form:"password,max=400"`
}

var _ = ui.Parse[invitationPage](files, "templates/invitation.html")

// invitation shows whose a link is. Nothing is used up: mail programs open links by themselves.
func (room *Room) invitation(w http.ResponseWriter, r *web.Request) error {
	a, purpose, err := room.accounts.OpenLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return r.Render(w, room.invitationPage(r, a, purpose, invitationForm{Name: a.Name}, nil))
}

// accept takes the password and lets its owner in.
func (room *Room) accept(w http.ResponseWriter, r *web.Request) error {
	var form invitationForm
	decoded := r.Decode(&form)
	if err := mayBegin(r); err != nil {
		return err
	}
	token := r.PathValue("token")
	owner, purpose, err := room.accounts.OpenLink(r.Context(), token)
	if err != nil {
		return err
	}
	t := try(r, owner.Mail)
	var a account.Account
	if err = decoded; err == nil {
		a, err = room.accounts.Accept(r.Context(), token, account.Choice{Name: form.Name, Password: form.Password,
			Lang: r.Words.Lang(), Browser: t.Browser})
	}
	wrong, ok := r.Errors(err)
	trouble, status := patience(r, err)
	switch {
	case ok || trouble != nil:
		page := room.invitationPage(r, owner, purpose, form, wrong)
		page.Trouble, page.Status = trouble, http.StatusUnprocessableEntity
		if trouble != nil {
			page.Status = status
		}
		return r.Render(w, page)
	case err != nil:
		return err
	}
	return room.welcome(w, r, a, account.ByLink, t, false, "/account?done=welcome")
}

func (room *Room) invitationPage(r *web.Request, a account.Account, purpose account.Purpose, form invitationForm, wrong ui.Errors) *invitationPage {
	invited := purpose == account.Invitation
	page := &invitationPage{
		Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong}, Address: a.Mail, New: invited, Lead: r.T("signin.new-password-lead"),
		About: ui.KeyValues{Items: []ui.KeyValue{
			{Key: r.T("signin.mail"), Text: a.Mail}, {Key: r.T("signin.role"), Text: r.T("web.role-" + string(a.Role))},
		}},
		Name: ui.Field{Label: label(r, "name", r.T("signin.name"), r.T("signin.name-hint"), wrong), Value: form.Name, Autocomplete: "name"},
		Password: ui.Field{Label: label(r, "password", r.T("signin.choose-password"), r.T("signin.password-hint"), wrong), Type: "password",
			Autocomplete: "new-password", Max: 400},
		Enter: ui.Button{Text: r.T("signin.enter"), Icon: "log-in", Main: true, Wide: true},
	}
	page.Page = ui.Page{Title: r.T("signin.new-password-title"), Private: true}
	if invited {
		page.Title, page.Lead = r.T("signin.invitation-title", "Name", a.Name), r.T("signin.invitation-lead", "House", r.In(r.Territory.Name))
	}
	return page
}
