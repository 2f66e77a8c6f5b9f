package directoryweb

import (
	"net/http"

	"parvis/internal/directory"
	"parvis/internal/i18n"
	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// keepPage asks a place's team whether its record is still right, and lets it correct what is not.
type keepPage struct {
	ui.Page
	Place    string // its name
	Token    string
	Seen     string // print of the form as it is shown
	Errors   ui.ErrorSummary
	Changed  ui.Notice // the record changed while somebody wrote
	Standing string    // since when nobody confirmed it
	Right    ui.Button
	Days     []ui.Field
	Words    ui.LongField
	Phones   ui.LongField
	Mails    ui.LongField
	Sites    ui.LongField
	Bring    ui.LongField
	Services []keepService
	Save     ui.Button
	Closures []keepClosure
	From, To ui.Field
	Times    ui.Field
	Reason   ui.Field
	Close    ui.Button
	Quality  qualityView
	See      ui.Link
	Stop     ui.Link
}

// keepService is what a team corrects of one service.
type keepService struct {
	Name  string
	Fee   ui.Select
	Note  ui.Field
	Entry ui.Choice
}

// keepClosure is an exception that was entered, and the button that takes it back.
type keepClosure struct {
	ID   string
	Text string
	Back ui.Button
}

// keepGonePage says kindly that a link no longer serves, and offers a new one.
type keepGonePage struct {
	ui.Page
	Token string
	Text  string
	Again ui.Button
	See   ui.Link
}

// keepDonePage says what was done, and what one can do next.
type keepDonePage struct {
	ui.Page
	Text string
	See  ui.Button
	More ui.Link
}

// keepStopPage asks whether reminders should end, or come again.
type keepStopPage struct {
	ui.Page
	Token string
	Place string
	Text  string
	Do    ui.Button
	Back  ui.Link
}

var (
	_ = ui.Parse[keepPage](files, "templates/keep.html", "templates/quality.html")
	_ = ui.Parse[keepGonePage](files, "templates/keep-gone.html")
	_ = ui.Parse[keepDonePage](files, "templates/keep-done.html")
	_ = ui.Parse[keepStopPage](files, "templates/keep-stop.html")
)

// keepStyles are those of the pages by which a record is kept true.
var keepStyles = []string{"css/sheet.css", "css/keep.css"}

// keepAddress is a page of a link.
func keepAddress(r *web.Request, more string) string { return "/keep/" + r.PathValue("token") + more }

// link opens the link of a page. One that no longer serves is answered by a page that offers a new one: answered is true.
func (room *Room) link(w http.ResponseWriter, r *web.Request) (l directory.Link, answered bool, err error) {
	l, err = room.Directory.OpenLink(r.Context(), r.PathValue("token"))
	err = unknownLink(err)
	if err == nil && l.State != directory.LinkServes {
		return l, true, room.keepGone(w, r, l)
	}
	return l, err != nil, err
}

// unknownLink says of a link that was never given what one can do.
func unknownLink(err error) error {
	if problem.Is(err, problem.NotFound) {
		return &problem.Error{Kind: problem.NotFound, Key: "directory.keep.unknown", Cause: err}
	}
	return err
}

// keepGone is the answer to a link of before.
func (room *Room) keepGone(w http.ResponseWriter, r *web.Request, l directory.Link) error {
	text := map[directory.LinkState]string{
		directory.LinkExpired:  r.T("directory.keep.expired", "Date", r.Words.Date(l.Expires), "Weeks", directory.LinkWeeks),
		directory.LinkReplaced: r.T("directory.keep.replaced"), directory.LinkMoved: r.T("directory.keep.moved"),
	}
	page := &keepGonePage{
		Token: r.PathValue("token"), Text: text[l.State],
		Again: ui.Button{Text: r.T("directory.keep.again"), Icon: "send", Main: true},
		See:   ui.Link{Href: "/places/" + l.Place, Text: r.T("directory.keep.see"), Icon: "arrow-right"},
	}
	page.Page = ui.Page{Title: r.T("directory.keep.gone-title"), Private: true, Styles: keepStyles, Status: http.StatusGone}
	return r.Render(w, page)
}

// keep asks whether the record is still right.
func (room *Room) keep(w http.ResponseWriter, r *web.Request) error {
	l, answered, err := room.link(w, r)
	if answered {
		return err
	}
	return room.askKeep(w, r, l, nil, closureForm{}, nil)
}

// right notes that all is right.
func (room *Room) right(w http.ResponseWriter, r *web.Request) error {
	if _, answered, err := room.link(w, r); answered {
		return err
	}
	if _, err := room.Directory.ConfirmByLink(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	return r.Redirect(w, keepAddress(r, "/done?what=right"))
}

// correct takes over what was corrected, or asks again with what was typed.
func (room *Room) correct(w http.ResponseWriter, r *web.Request) error {
	l, answered, err := room.link(w, r)
	if answered {
		return err
	}
	typed, seen, err := readCorrection(r)
	moved := false
	if err == nil {
		moved, err = room.Directory.CorrectByLink(r.Context(), r.PathValue("token"), seen, typed)
	}
	if wrong, ok := r.Errors(err); ok {
		return room.askKeep(w, r, l, &typed, closureForm{}, wrong)
	}
	if problem.Is(err, problem.Conflict) {
		return room.askKeep(w, r, l, &typed, closureForm{}, nil)
	}
	if err != nil {
		return err
	}
	if moved {
		return r.Redirect(w, keepAddress(r, "/done?what=moved"))
	}
	return r.Redirect(w, keepAddress(r, "/done?what=changed"))
}

// closureForm is an exception to the hours as it is typed.
type closureForm struct {
	From   string `form:"from,max=40"`
	To     string `form:"to,max=40"`
	Hours  string `form:"hours,max=200"`
	Reason string `form:"reason,max=200"`
}

// closure reads a form. Days are read as a calendar or a person writes them; no last day is the first.
func (f closureForm) closure(lang string) directory.Closure {
	c := directory.Closure{From: readDay(f.From), To: readDay(f.To), Hours: f.Hours}
	if f.To == "" {
		c.To = c.From
	}
	if f.Reason != "" {
		c.Reason = i18n.Text{lang: f.Reason}
	}
	return c
}

// closeDays enters an exception to the hours.
func (room *Room) closeDays(w http.ResponseWriter, r *web.Request) error {
	l, answered, err := room.link(w, r)
	if answered {
		return err
	}
	var form closureForm
	err = r.Decode(&form)
	if err == nil {
		err = room.Directory.CloseByLink(r.Context(), r.PathValue("token"), form.closure(r.Words.Lang()))
	}
	if wrong, ok := r.Errors(err); ok {
		return room.askKeep(w, r, l, nil, form, wrong)
	}
	if err != nil {
		return err
	}
	return r.Redirect(w, keepAddress(r, "/done?what=closed"))
}

// openDays takes an exception back.
func (room *Room) openDays(w http.ResponseWriter, r *web.Request) error {
	if _, answered, err := room.link(w, r); answered {
		return err
	}
	var form struct {
		Closure string `form:"closure,max=64"`
	}
	if err := r.Decode(&form); err != nil {
		return err
	}
	if err := room.Directory.OpenByLink(r.Context(), r.PathValue("token"), form.Closure); err != nil {
		return err
	}
	return r.Redirect(w, keepAddress(r, "/done?what=opened"))
}

// again sends a new link to the team whose link no longer serves.
func (room *Room) again(w http.ResponseWriter, r *web.Request) error {
	if err := room.Directory.SendAgain(r.Context(), r.PathValue("token")); err != nil {
		return unknownLink(err)
	}
	return r.Redirect(w, keepAddress(r, "/done?what=again"))
}

// dones are what can have been done, each with its title and text in the catalogue.
var dones = map[string]bool{"right": true, "changed": true, "moved": true, "closed": true, "opened": true, "again": true, "stopped": true, "wanted": true}

// keepDone says what was done.
func (room *Room) keepDone(w http.ResponseWriter, r *web.Request) error {
	l, err := room.Directory.OpenLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return unknownLink(err)
	}
	what := r.URL.Query().Get("what")
	if !dones[what] {
		return problem.New(problem.NotFound, "")
	}
	page := &keepDonePage{
		Text: r.T("directory.keep.done-" + what),
		See:  ui.Button{Href: "/places/" + l.Place, Text: r.T("directory.keep.see"), Icon: "arrow-right", Main: true},
	}
	if l.State == directory.LinkServes {
		page.More = ui.Link{Href: keepAddress(r, ""), Text: r.T("directory.keep.more"), Icon: "pencil"}
	}
	page.Page = ui.Page{Title: r.T("directory.remark.thanks"), Private: true, Styles: keepStyles}
	return r.Render(w, page)
}

// stopping asks whether reminders should end. A link that has expired serves for that all the same.
func (room *Room) stopping(w http.ResponseWriter, r *web.Request) error {
	l, err := room.Directory.OpenLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return unknownLink(err)
	}
	sheet, err := room.Directory.Sheet(r.Context(), l.Place)
	if err != nil {
		return err
	}
	page := &keepStopPage{
		Token: r.PathValue("token"), Place: name(r, sheet.Place.Name), Text: r.T("directory.keep.stop-text"),
		Do:   ui.Button{Text: r.T("directory.keep.stop"), Icon: "x", Main: true, Name: "stop", Value: "yes"},
		Back: ui.Link{Href: keepAddress(r, ""), Text: r.T("directory.keep.more"), Icon: "arrow-left"},
	}
	if l.Stopped {
		page.Text = r.T("directory.keep.start-text")
		page.Do = ui.Button{Text: r.T("directory.keep.start"), Icon: "mail", Main: true, Name: "stop", Value: "no"}
	}
	page.Page = ui.Page{Title: r.T("directory.keep.stop-title"), Private: true, Styles: keepStyles}
	return r.Render(w, page)
}

// stop ends the reminders, or lets them come again.
func (room *Room) stop(w http.ResponseWriter, r *web.Request) error {
	var form struct {
		Stop bool `form:"stop"`
	}
	if err := r.Decode(&form); err != nil {
		return err
	}
	if err := room.Directory.StopByLink(r.Context(), r.PathValue("token"), form.Stop); err != nil {
		return unknownLink(err)
	}
	if form.Stop {
		return r.Redirect(w, keepAddress(r, "/done?what=stopped"))
	}
	return r.Redirect(w, keepAddress(r, "/done?what=wanted"))
}

// closureText says an exception in words.
func closureText(r *web.Request, c directory.Closure) string {
	days := r.Words.DateRange(c.From.In(r.Words.Zone()), c.To.In(r.Words.Zone()))
	if c.Hours != "" {
		return r.T("directory.place.closure-hours", "Days", days, "Hours", timesText(r, c.Hours))
	}
	return r.T("directory.place.closure", "Days", days)
}
