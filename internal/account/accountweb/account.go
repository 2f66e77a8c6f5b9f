package accountweb

import (
	"net/http"
	"net/url"

	"parvis/internal/account"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// accountPage shows who one is here, and where one is signed in.
type accountPage struct {
	ui.Page
	About     ui.KeyValues
	Errors    ui.ErrorSummary
	Letters   ui.Select
	SaveLang  ui.Button
	Password  ui.Button
	Sessions  []sessionRow
	EndOthers *ui.Button // nil when there is no other
	SignOut   ui.Button
}

// sessionRow is one place where one is signed in.
type sessionRow struct {
	ID    string
	Name  string
	Seen  string
	Begun string
	Here  bool
	End   ui.Button
	Chip  ui.Chip
}

var _ = ui.Parse[accountPage](files, "templates/account.html")

// dones are the notices after something was done, by the address's word.
var dones = map[string]string{"welcome": "signin.done-welcome", "language": "signin.done-language", "session": "signin.done-session",
	"sessions": "signin.done-sessions", "password": "signin.done-password"}

// account shows it.
func (room *Room) account(w http.ResponseWriter, r *web.Request) error {
	return room.showAccount(w, r, nil)
}

func (room *Room) showAccount(w http.ResponseWriter, r *web.Request, wrong ui.Errors) error {
	who, here, err := room.who(r)
	if err != nil {
		return err
	}
	a, err := room.accounts.Get(r.Context(), who.Account)
	if err != nil {
		return err
	}
	has, err := room.accounts.HasPassword(r.Context(), a.ID)
	if err != nil {
		return err
	}
	all, err := room.accounts.Sessions(r.Context(), a.ID)
	if err != nil {
		return err
	}
	page := &accountPage{
		About: ui.KeyValues{Items: []ui.KeyValue{{Key: r.T("signin.name"), Text: a.Name}, {Key: r.T("signin.mail"), Text: a.Mail},
			{Key: r.T("signin.role"), Text: r.T("web.role-" + string(a.Role))}}},
		Errors:   ui.ErrorSummary{Words: r.Words, Errors: wrong},
		Letters:  ui.Select{Label: label(r, "lang", r.T("signin.language"), r.T("signin.language-hint"), wrong), Options: languages(r, a.Lang)},
		SaveLang: ui.Button{Text: r.T("signin.save"), Icon: "check"},
		Password: ui.Button{Text: r.T("signin.set-password"), Icon: "key-round", Href: "/account/password"},
		SignOut:  ui.Button{Text: r.T("signin.sign-out"), Icon: "log-out"},
	}
	if has {
		page.Password.Text = r.T("signin.change-password")
	}
	page.Page = ui.Page{Title: r.T("signin.account-title"), Private: true}
	if len(wrong) > 0 {
		page.Status = http.StatusUnprocessableEntity
	}
	if word := dones[r.URL.Query().Get("done")]; word != "" {
		page.Notice = &ui.Notice{Tone: ui.Good, Text: r.T(word, "Name", a.Name)}
	}
	page.fill(r, all, here)
	return r.Render(w, page)
}

// fill lists where one is signed in.
func (page *accountPage) fill(r *web.Request, all []account.Session, here account.Session) {
	for _, s := range all {
		row := sessionRow{ID: s.ID, Name: s.Browser, Here: s.ID == here.ID,
			Seen: r.T("signin.seen", "When", r.Words.DateTime(s.Seen.Time)), Begun: r.T("signin.begun", "When", r.Words.DateTime(s.Created.Time))}
		if row.Name == "" {
			row.Name = r.T("signin.some-browser")
		}
		row.Chip = ui.Chip{Text: r.T("signin.here"), Tone: ui.Good, Icon: "check"}
		row.End = ui.Button{Text: r.T("signin.end"), Icon: "log-out", About: r.T("signin.end-which", "Browser", row.Name)}
		page.Sessions = append(page.Sessions, row)
	}
	if len(all) > 1 {
		page.EndOthers = &ui.Button{Text: r.T("signin.end-others"), Icon: "log-out"}
	}
}

// languages are those that the territory speaks, each in its own.
func languages(r *web.Request, current string) []ui.Option {
	var all []ui.Option
	for _, code := range r.Territory.Languages {
		own := r.Site.Words.Printer(code, nil, "")
		all = append(all, ui.Option{Value: code, Text: own.Sentence(own.LanguageName(code)), Checked: code == current})
	}
	return all
}

// setLanguage sets the language in which one is written to, and reads on in it.
func (room *Room) setLanguage(w http.ResponseWriter, r *web.Request) error {
	var form struct {
		Lang string `form:"lang,max=10"`
	}
	err := r.Decode(&form)
	if err == nil {
		err = room.accounts.SetLang(r.Context(), r.Who, r.Who.Account, form.Lang)
	}
	if wrong, ok := r.Errors(err); ok {
		return room.showAccount(w, r, wrong)
	}
	if err != nil {
		return err
	}
	return r.Redirect(w, "/account?"+url.Values{"done": {"language"}, "hl": {form.Lang}}.Encode())
}

// endSession ends one of one's sessions.
func (room *Room) endSession(w http.ResponseWriter, r *web.Request) error {
	var form struct {
		ID string `form:"id,max=100"`
	}
	if err := r.Decode(&form); err != nil {
		return err
	}
	if err := room.accounts.EndOwn(r.Context(), r.Who, form.ID); err != nil {
		return err
	}
	return r.Redirect(w, "/account?done=session")
}

// endOthers ends all of one's sessions but this one.
func (room *Room) endOthers(w http.ResponseWriter, r *web.Request) error {
	who, here, err := room.who(r)
	if err != nil {
		return err
	}
	if err := room.accounts.EndOthers(r.Context(), who, here.ID); err != nil {
		return err
	}
	return r.Redirect(w, "/account?done=sessions")
}
