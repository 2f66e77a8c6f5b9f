package directoryweb

import (
	"net/http"

	"parvis/internal/directory"
	"parvis/internal/id"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// remarkPage asks what is wrong with a place's record.
type remarkPage struct {
	ui.Page
	Place   string // its name
	Errors  ui.ErrorSummary
	Kind    ui.Choice
	Words   ui.LongField
	Contact ui.Field
	Send    ui.Button
	Back    ui.Link
}

// remarkForm is what a person says is wrong.
type remarkForm struct {
	Kind    string `form:"kind"`
	Words   string `form:"words,max=100000"` // directory.RemarkMax is told with what else is wrong
	Contact string `form:"contact"`
}

// remarkKeptPage says that it was received, under which number, and what happens next.
type remarkKeptPage struct {
	ui.Page
	Code string
	Back ui.Button
}

var (
	_ = ui.Parse[remarkPage](files, "templates/remark.html")
	_ = ui.Parse[remarkKeptPage](files, "templates/remark-kept.html")
)

// remark asks.
func (room *Room) remark(w http.ResponseWriter, r *web.Request) error {
	return room.askRemark(w, r, remarkForm{Kind: r.URL.Query().Get("kind")}, nil)
}

// keepRemark keeps what was said, or asks again with what was typed.
func (room *Room) keepRemark(w http.ResponseWriter, r *web.Request) error {
	var form remarkForm
	var kept directory.Remark
	place, err := r.PathValue("id"), r.Decode(&form)
	if err == nil {
		kept, err = room.Directory.Remark(r.Context(), directory.Remark{
			Place: place, Kind: form.Kind, Words: form.Words, Contact: form.Contact, Language: r.Words.Lang(),
		})
	}
	if wrong, ok := r.Errors(err); ok {
		return room.askRemark(w, r, form, wrong)
	}
	if err != nil {
		return err
	}
	return r.Redirect(w, "/places/"+place+"/wrong/"+kept.Code)
}

// remarkKept says what was received. The number is all that the address holds.
func (room *Room) remarkKept(w http.ResponseWriter, r *web.Request) error {
	code, err := id.ParseCode(r.PathValue("code"))
	if err != nil {
		return problem.Because(problem.NotFound, err)
	}
	page := &remarkKeptPage{
		Code: code,
		Back: ui.Button{Href: "/places/" + r.PathValue("id"), Text: r.T("directory.remark.back"), Icon: "arrow-left"},
	}
	page.Page = ui.Page{Title: r.T("directory.remark.thanks"), Private: true, Styles: sheetStyles}
	return r.Render(w, page)
}

func (room *Room) askRemark(w http.ResponseWriter, r *web.Request, form remarkForm, wrong ui.Errors) error {
	sheet, err := room.Directory.Sheet(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	label := func(name, key, hint string) ui.Label {
		return ui.Label{Words: r.Words, Name: name, Label: r.T(key), Hint: hint, Error: wrong.For(name)}
	}
	page := &remarkPage{
		Place:   name(r, sheet.Place.Name),
		Errors:  ui.ErrorSummary{Words: r.Words, Errors: wrong},
		Kind:    ui.Choice{Label: label("kind", "directory.remark.kind", "")},
		Words:   ui.LongField{Label: label("words", "directory.remark.words", r.T("directory.remark.words-hint")), Value: form.Words, Rows: 4, Max: directory.RemarkMax},
		Contact: ui.Field{Label: label("contact", "directory.remark.contact", r.T("directory.remark.contact-hint", "Months", directory.RemarkMonths)), Value: form.Contact},
		Send:    ui.Button{Text: r.T("directory.remark.send"), Icon: "send", Main: true},
		Back:    ui.Link{Href: "/places/" + sheet.Place.ID, Text: r.T("directory.remark.back"), Icon: "arrow-left"},
	}
	page.Contact.Optional = true
	for _, code := range directory.Codes(directory.GroupRemark) {
		page.Kind.Options = append(page.Kind.Options, ui.Option{
			Value: code, Text: word(r, directory.GroupRemark, code), Checked: code == form.Kind,
		})
	}
	page.Page = ui.Page{Title: r.T("directory.remark.title"), Private: true, Styles: sheetStyles}
	if len(wrong) > 0 {
		page.Status = http.StatusUnprocessableEntity
	}
	return r.Render(w, page)
}
