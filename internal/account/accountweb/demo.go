package accountweb

import (
	"net/http"

	"parvis/internal/account"
	"parvis/internal/authz"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// demoPage lets one choose whom to be in a demo.
type demoPage struct {
	ui.Page
	Enter []ui.Button
	Back  ui.Link
}

// demoForm is the choice.
type demoForm struct {
	Role string `form:"role,max=20"`
	Next string `form:"next"`
}

var _ = ui.Parse[demoPage](files, "templates/demo.html")

// icons are the pictograms of the roles.
var icons = map[authz.Role]string{authz.Resident: "user", authz.Helper: "hand-helping", authz.Agent: "briefcase",
	authz.Coordinator: "compass", authz.Manager: "shield-check"}

// roles are the ways into a demo: nobody, where this is none.
func roles(r *web.Request) []ui.Button {
	if !r.Demo {
		return nil
	}
	var all []ui.Button
	for _, role := range authz.Roles()[1:] {
		all = append(all, ui.Button{Text: r.Words.Sentence(r.T("web.role-" + string(role))), Icon: icons[role], Wide: true, Name: "role", Value: string(role)})
	}
	return all
}

// mayDemo says whether this is a demo that the person may enter. Elsewhere the way does not exist.
func (room *Room) mayDemo(r *web.Request) error {
	if r.Demo && (room.options.PublicDemo || web.OnThisMachine(r.Request)) {
		return nil
	}
	return problem.New(problem.NotFound, "")
}

// demo asks whom one wants to be.
func (room *Room) demo(w http.ResponseWriter, r *web.Request) error {
	if err := room.mayDemo(r); err != nil {
		return err
	}
	page := &demoPage{Enter: roles(r), Back: ui.Link{Href: "/", Text: r.T("signin.as-visitor"), Icon: "arrow-right"}}
	page.Page = ui.Page{Title: r.T("signin.demo-title"), Private: true}
	return r.Render(w, page)
}

// enterDemo signs in as a made-up person. That the store itself says that it is a demo is looked at below.
func (room *Room) enterDemo(w http.ResponseWriter, r *web.Request) error {
	if err := room.mayDemo(r); err != nil {
		return err
	}
	var form demoForm
	if err := r.Decode(&form); err != nil {
		return err
	}
	if form.Role == string(authz.Visitor) {
		if err := room.sessions.end(w, r); err != nil {
			return err
		}
		return r.Redirect(w, web.Local(form.Next, "/"))
	}
	a, err := room.accounts.EnterDemo(r.Context(), authz.Role(form.Role), r.Words.Lang())
	if err != nil {
		return err
	}
	return room.welcome(w, r, a, account.ByDemo, account.Try{}, false, form.Next)
}
