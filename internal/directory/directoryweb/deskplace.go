package directoryweb

import (
	"errors"
	"net/http"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// deskPlacePage is what the desk can do about one place.
type deskPlacePage struct {
	ui.Page
	ID       string
	Gone     bool
	Errors   ui.ErrorSummary
	Facts    ui.KeyValues
	See      ui.Link
	Call     ui.Button
	Right    ui.Button
	Send     ui.Button
	Back     ui.Button
	Closures []keepClosure
	From, To ui.Field
	Times    ui.Field
	Reason   ui.Field
	Close    ui.Button
	Mail     ui.Field
	SetMail  ui.Button
	End      ui.Button
	Quality  qualityView
}

var _ = ui.Parse[deskPlacePage](files, "templates/desk-place.html", "templates/quality.html")

func deskPlaceAddress(id string) string { return deskHome + "/places/" + id }

// deskPlace shows one place to the desk.
func (room *Room) deskPlace(w http.ResponseWriter, r *web.Request) error {
	return room.askDeskPlace(w, r, closureForm{}, "", nil)
}

// deskPlaceDones are what can have been done to a place, each with its sentence in the catalogue.
var deskPlaceDones = map[string]bool{"right": true, "sent": true, "closed": true, "opened": true, "mail": true, "gone": true, "back": true}

func (room *Room) askDeskPlace(w http.ResponseWriter, r *web.Request, closing closureForm, mail string, wrong ui.Errors) error {
	page, err := room.deskPlaceOf(r, closing, mail, wrong)
	if err != nil {
		return err
	}
	return r.Render(w, page)
}

// deskPlaceOf is the page of one place, with what was typed and what is wrong with it.
func (room *Room) deskPlaceOf(r *web.Request, closing closureForm, mail string, wrong ui.Errors) (*deskPlacePage, error) {
	sheet, err := room.Directory.Sheet(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	one, err := room.Directory.DeskPlace(r.Context(), sheet.Place.ID)
	if err != nil {
		return nil, err
	}
	p := &sheet.Place
	title := name(r, p.Name)
	page := &deskPlacePage{
		ID: p.ID, Gone: p.IsGone(), Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong}, Facts: room.deskFacts(r, sheet, &one),
		See:   ui.Link{Href: "/places/" + p.ID, Text: r.T("directory.keep.see"), Icon: "arrow-right"},
		Right: ui.Button{Text: r.T("directory.desk.called"), Icon: "check"},
		Close: ui.Button{Text: r.T("directory.keep.close"), Icon: "calendar-clock"},
		Mail: ui.Field{Label: ui.Label{Words: r.Words, Name: "mail", Label: r.T("directory.desk.mail"), Hint: r.T("directory.desk.mail-hint"), Error: wrong.For("mail")},
			Value: mail, Type: "email", Autocomplete: "off"},
		SetMail: ui.Button{Text: r.T("directory.desk.set-mail"), Icon: "mail"},
		End:     ui.Button{Text: r.T("directory.desk.end"), Icon: "x"},
		Back:    ui.Button{Text: r.T("directory.desk.back"), Icon: "refresh-cw", Main: true},
		Quality: showQuality(r, one.Quality, "directory.desk.quality"),
	}
	if one.Address {
		page.Send = ui.Button{Text: r.T("directory.desk.send"), Icon: "send", Main: true}
	}
	if phones := p.Contact.Phones; len(phones) > 0 {
		page.Call = ui.Button{Href: phones[0].Link(), Icon: "phone", Text: r.T("directory.place.call", "Number", phones[0].Show(r.Territory.Country))}
	}
	page.From, page.To, page.Times, page.Reason = closureFields(r, closing, wrong)
	page.Errors.Errors = wrong.Of(page.From, page.To, page.Times)
	page.Closures = takeBack(r, sheet.Closures)
	page.Page = ui.Page{Title: title, Private: true, Styles: keepStyles, Crumbs: []ui.Crumb{{Text: r.T("directory.desk.title"), Href: deskHome}, {Text: title}}}
	if said := r.URL.Query().Get("done"); deskPlaceDones[said] {
		page.Notice = &ui.Notice{Tone: ui.Good, Text: r.T("directory.desk.place-" + said)}
	}
	if len(wrong) > 0 {
		page.Status = http.StatusUnprocessableEntity
	}
	return page, nil
}

// deskFacts are how a record stands. The team's own address is not among them: it can be written over, not read.
func (room *Room) deskFacts(r *web.Request, sheet *directory.Sheet, one *directory.DeskPlace) ui.KeyValues {
	f := facts{r: r}
	f.add("directory.place.address", addressLine(r, sheet.Place.Address), "")
	f.add("directory.desk.standing", room.standing(r, sheet), "")
	asked := r.T("directory.desk.never-asked")
	switch {
	case one.Stopped:
		asked = r.T("directory.desk.stopped")
	case !one.Asked.IsZero():
		asked = r.T("directory.desk.asked", "Date", r.Words.Date(one.Asked))
	}
	f.add("directory.desk.letters", asked, "")
	if !one.Address {
		f.add("directory.desk.reach", r.T("directory.desk.no-address"), "")
	}
	return f.list()
}

// deskDo runs something that the desk does to a place, and leads back to where it was asked for.
func (room *Room) deskDo(w http.ResponseWriter, r *web.Request, done string, do func(id string) error) error {
	var form struct {
		Next string `form:"next,max=400"`
	}
	if err := r.Decode(&form); err != nil {
		return err
	}
	id := r.PathValue("id")
	if err := do(id); err != nil {
		return err
	}
	if strings.HasPrefix(form.Next, deskHome+"?") {
		return r.Redirect(w, web.Local(form.Next+"&done="+done, deskHome))
	}
	return r.Redirect(w, deskPlaceAddress(id)+"?done="+done)
}

// deskLink sends a letter with a link. Why none can go now is said on the page of the place, where one can help it.
func (room *Room) deskLink(w http.ResponseWriter, r *web.Request) error {
	err := room.deskDo(w, r, "sent", func(id string) error { return room.Directory.SendLink(r.Context(), r.Who, id) })
	var why *problem.Error
	if !errors.As(err, &why) || why.Kind != problem.Conflict || why.Key == "" {
		return err
	}
	page, err := room.deskPlaceOf(r, closureForm{}, "", nil)
	if err != nil {
		return err
	}
	page.Notice, page.Status = &ui.Notice{Tone: ui.Wait, Text: r.T(why.Key), Urgent: true}, http.StatusConflict
	return r.Render(w, page)
}

func (room *Room) deskRight(w http.ResponseWriter, r *web.Request) error {
	return room.deskDo(w, r, "right", func(id string) error {
		return room.Directory.Confirm(r.Context(), r.Who.Account, r.Territory.Name.In(r.Territory.Language()), id)
	})
}

func (room *Room) deskEnd(w http.ResponseWriter, r *web.Request) error {
	return room.deskDo(w, r, "gone", func(id string) error { return room.Directory.EndPlace(r.Context(), r.Who.Account, id) })
}

func (room *Room) deskBack(w http.ResponseWriter, r *web.Request) error {
	return room.deskDo(w, r, "back", func(id string) error { return room.Directory.ReopenPlace(r.Context(), r.Who.Account, id) })
}

// deskClose enters an exception that somebody told by phone.
func (room *Room) deskClose(w http.ResponseWriter, r *web.Request) error {
	var form closureForm
	err := r.Decode(&form)
	if err == nil {
		c := form.closure(r.Words.Lang())
		c.Place = r.PathValue("id")
		_, err = room.Directory.Close(r.Context(), r.Who.Account, c)
	}
	if wrong, ok := r.Errors(err); ok {
		return room.askDeskPlace(w, r, form, "", wrong)
	}
	if err != nil {
		return err
	}
	return r.Redirect(w, deskPlaceAddress(r.PathValue("id"))+"?done=closed")
}

// deskOpen takes an exception back.
func (room *Room) deskOpen(w http.ResponseWriter, r *web.Request) error {
	var form struct {
		Closure string `form:"closure,max=64"`
	}
	if err := r.Decode(&form); err != nil {
		return err
	}
	err := room.Directory.RemoveClosure(r.Context(), r.Who.Account, form.Closure)
	if err != nil && !problem.Is(err, problem.NotFound) { // taken back already
		return err
	}
	return r.Redirect(w, deskPlaceAddress(r.PathValue("id"))+"?done=opened")
}

// deskMail changes where letters to the team go.
func (room *Room) deskMail(w http.ResponseWriter, r *web.Request) error {
	var form struct {
		Mail string `form:"mail,max=254"`
	}
	err := r.Decode(&form)
	if err == nil {
		err = room.Directory.SetTeamMail(r.Context(), r.Who, r.PathValue("id"), form.Mail)
	}
	if wrong, ok := r.Errors(err); ok {
		return room.askDeskPlace(w, r, closureForm{}, form.Mail, wrong)
	}
	if err != nil {
		return err
	}
	return r.Redirect(w, deskPlaceAddress(r.PathValue("id"))+"?done=mail")
}
