package directoryweb

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"

	"parvis/internal/directory"
	"parvis/internal/hours"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// keepServices is how many services a form shows; whoever has more corrects the rest with the desk.
const keepServices = 8

// keepForm is the correction as it is sent; its services are named by their ids.
type keepForm struct {
	Seen   string `form:"seen,max=64"`
	Day1   string `form:"day-1,max=200"`
	Day2   string `form:"day-2,max=200"`
	Day3   string `form:"day-3,max=200"`
	Day4   string `form:"day-4,max=200"`
	Day5   string `form:"day-5,max=200"`
	Day6   string `form:"day-6,max=200"`
	Day7   string `form:"day-7,max=200"`
	Words  string `form:"words,max=5000"`
	Phones string `form:"phones,max=5000"`
	Mails  string `form:"mails,max=5000"`
	Sites  string `form:"sites,max=5000"`
	Bring  string `form:"bring,max=5000"`
	// Services are the ids of those that the form has.
	Services []string `form:"service,max=64"`
}

// readCorrection reads what a team sent.
func readCorrection(r *web.Request) (c directory.Correction, seen string, err error) {
	var f keepForm
	err = r.Decode(&f)
	c = directory.Correction{
		Days: [7]string{f.Day1, f.Day2, f.Day3, f.Day4, f.Day5, f.Day6, f.Day7}, Words: f.Words, Phones: f.Phones, Mails: f.Mails,
		Sites: f.Sites, Bring: f.Bring, Lang: r.Words.Lang(),
	}
	for i, id := range f.Services {
		if i == keepServices {
			break
		}
		if slices.Contains(f.Services[:i], id) {
			continue
		}
		s := directory.ServiceCorrection{ID: id}
		s.Fee, s.FeeNote, s.Entry = r.Typed(s.Field("fee")), r.Typed(s.Field("note")), r.PostForm[s.Field("entry")]
		c.Services = append(c.Services, s)
	}
	return c, f.Seen, err
}

var dayWritten = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)

// readDay reads a day as a calendar sends it (2026-12-24) or as people write it (24/12/2026); 0 when it is none.
func readDay(text string) hours.Date {
	if d, err := hours.ParseDate(text); err == nil {
		return d
	}
	m := dayWritten.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	dd, _ := strconv.Atoi(m[1])
	mm, _ := strconv.Atoi(m[2])
	yy, _ := strconv.Atoi(m[3])
	d := hours.NewDate(yy, time.Month(mm), dd)
	if at := d.In(time.UTC); at.Day() != dd || int(at.Month()) != mm {
		return 0
	}
	return d
}

// askKeep shows the form: as the record stands, or as it was typed with what is wrong.
func (room *Room) askKeep(w http.ResponseWriter, r *web.Request, l directory.Link, typed *directory.Correction, closing closureForm, wrong ui.Errors) error {
	sheet, err := room.Directory.Sheet(r.Context(), l.Place)
	if err != nil {
		return err
	}
	setting := room.Directory.Setting()
	now := setting.CorrectionOf(&sheet.Place, sheet.Services, r.Words.Lang())
	c := now
	page := &keepPage{
		Place: name(r, sheet.Place.Name), Token: r.PathValue("token"), Seen: now.Seen(), Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong},
		Standing: room.standing(r, sheet), Right: ui.Button{Text: r.T("directory.keep.right"), Icon: "check", Main: true},
		Save:    ui.Button{Text: r.T("directory.keep.save"), Icon: "check"},
		Close:   ui.Button{Text: r.T("directory.keep.close"), Icon: "calendar-clock"},
		Quality: showQuality(r, sheet.Quality(), "directory.quality.score"),
		See:     ui.Link{Href: "/places/" + l.Place, Text: r.T("directory.keep.see"), Icon: "arrow-right"},
		Stop:    ui.Link{Href: keepAddress(r, "/stop"), Text: r.T("directory.keep.stop-title"), Icon: "mail"},
	}
	page.Page = ui.Page{Title: r.T("directory.keep.title"), Private: true, Styles: keepStyles}
	switch {
	case typed != nil && len(wrong) == 0:
		page.Changed, page.Status = ui.Notice{Tone: ui.Wait, Text: r.T("directory.keep.seen"), Urgent: true}, http.StatusConflict
	case len(wrong) > 0:
		page.Status = http.StatusUnprocessableEntity
	}
	if typed != nil {
		c = *typed
	}
	keepFields(r, page, c, sheet, wrong)
	closeFields(r, page, closing, sheet, wrong)
	page.Errors.Errors = wrong.Of(append(page.Days, page.From, page.To, page.Times)...)
	return r.Render(w, page)
}

// standing says since when nobody confirmed a record.
func (room *Room) standing(r *web.Request, sheet *directory.Sheet) string {
	at := sheet.Place.Checked()
	switch {
	case sheet.Freshness == directory.Undated:
		return r.T("directory.keep.never")
	case sheet.Place.Confirmed.By == directory.ByTeam && sameDay(r.Words, sheet.Place.Confirmed.At, room.Directory.Now()):
		return r.T("directory.keep.today")
	case sheet.Freshness == directory.Stale:
		return r.T("directory.keep.stale", "Date", r.Words.Date(at))
	}
	return r.T("directory.keep.since", "Date", r.Words.Date(at))
}

// keepFields fills the form with a correction.
func keepFields(r *web.Request, page *keepPage, c directory.Correction, sheet *directory.Sheet, wrong ui.Errors) {
	label := func(name, text, hint string) ui.Label {
		return ui.Label{Words: r.Words, Name: name, Label: text, Hint: hint, Error: wrong.For(name)}
	}
	long := func(name, hint, value string, rows int) ui.LongField {
		f := ui.LongField{Label: label(name, r.T("directory.keep."+name), hint), Value: value, Rows: rows, Max: 1200}
		f.Optional = true
		return f
	}
	monday := hours.NewDate(2024, time.January, 1)
	for i, times := range c.Days {
		weekday := r.Words.Sentence(r.Words.Weekday((monday + hours.Date(i)).Weekday()))
		page.Days = append(page.Days, ui.Field{Label: label(directory.DayField(i), weekday, ""), Value: times, Max: 100})
	}
	page.Words = long("words", r.T("directory.keep.words-hint"), c.Words, 2)
	page.Phones = long("phones", r.T("directory.keep.a-line"), c.Phones, 2)
	page.Mails = long("mails", "", c.Mails, 2)
	page.Sites = long("sites", "", c.Sites, 2)
	page.Bring = long("bring", "", c.Bring, 3)
	for i := range c.Services {
		s := &c.Services[i]
		if i == keepServices {
			break
		}
		one := keepService{
			Fee:   ui.Select{Label: label(s.Field("fee"), r.T("directory.keep.fee"), "")},
			Note:  ui.Field{Label: label(s.Field("note"), r.T("directory.keep.note"), ""), Value: s.FeeNote},
			Entry: ui.Choice{Label: label(s.Field("entry"), r.T("directory.keep.entry"), ""), Many: true},
		}
		one.Note.Optional = true
		for n := range sheet.Services {
			if sheet.Services[n].ID == s.ID {
				one.Name = name(r, sheet.Services[n].Name)
			}
		}
		if one.Name == "" {
			continue // no longer offered
		}
		one.Fee.Options = options(r, directory.GroupFee, []string{s.Fee})
		one.Entry.Options = options(r, directory.GroupEntry, s.Entry)
		page.Services = append(page.Services, one)
	}
}

// ID is the service's, as the form sends it.
func (s keepService) ID() string { return s.Fee.Name[len("s-") : len(s.Fee.Name)-len("-fee")] }

// options are the codes of a vocabulary, some of them chosen.
func options(r *web.Request, group directory.Group, chosen []string) []ui.Option {
	var all []ui.Option
	for _, code := range directory.Codes(group) {
		o := ui.Option{Value: code, Text: word(r, group, code)}
		for _, c := range chosen {
			o.Checked = o.Checked || c == code
		}
		all = append(all, o)
	}
	return all
}

// closeFields fills the form of an exception, and lists those that there are.
func closeFields(r *web.Request, page *keepPage, f closureForm, sheet *directory.Sheet, wrong ui.Errors) {
	page.From, page.To, page.Times, page.Reason = closureFields(r, f, wrong)
	page.Closures = takeBack(r, sheet.Closures)
}

// takeBack lists exceptions, each with the button that takes it back.
func takeBack(r *web.Request, closures []directory.Closure) (all []keepClosure) {
	for _, c := range closures {
		all = append(all, keepClosure{ID: c.ID, Text: closureText(r, c), Back: ui.Button{
			Text: r.T("directory.keep.take-back"), Icon: "x", Quiet: true, About: r.T("directory.keep.take-back-about", "Closure", closureText(r, c)),
		}})
	}
	return all
}

func closureFields(r *web.Request, f closureForm, wrong ui.Errors) (from, to, times, reason ui.Field) {
	field := func(name, key, hint, value string) ui.Field {
		return ui.Field{Label: ui.Label{Words: r.Words, Name: name, Label: r.T(key), Hint: hint, Error: wrong.For(name), Optional: name != "from"}, Value: value}
	}
	from = field("from", "directory.keep.from", "", f.From)
	to = field("to", "directory.keep.to", r.T("directory.keep.to-hint"), f.To)
	from.Type, to.Type = "date", "date"
	times = field("hours", "directory.keep.open-all-the-same", r.T("directory.keep.open-hint"), f.Hours)
	reason = field("reason", "directory.keep.reason", "", f.Reason)
	return from, to, times, reason
}

// qualityView is how good a record is, and what would raise it.
type qualityView struct {
	Score string
	Value int
	Gains []gainView
}

// gainView is one thing that would raise it, and by how much.
type gainView struct{ Text, Points string }

func showQuality(r *web.Request, q directory.Quality, whose string) qualityView {
	v := qualityView{Score: r.T(whose, "Score", q.Score), Value: q.Score}
	for _, g := range q.Gains {
		v.Gains = append(v.Gains, gainView{r.T("directory.quality." + g.What), r.T("directory.quality.points", "N", g.Points)})
	}
	return v
}
