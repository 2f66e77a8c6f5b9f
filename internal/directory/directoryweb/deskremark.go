package directoryweb

import (
	"net/http"

	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// deskRemarkPage is one remark, with whom to answer and what was done.
type deskRemarkPage struct {
	ui.Page
	ID      string
	Open    bool // nobody has settled it
	Facts   ui.KeyValues
	Words   string
	Looked  string // says that the look at the address was noted
	Desk    ui.Link
	See     ui.Link
	Errors  ui.ErrorSummary
	Answer  ui.LongField
	Accept  ui.Button
	Refuse  ui.Button
	Settled string
}

var _ = ui.Parse[deskRemarkPage](files, "templates/desk-remark.html")

// answerForm is what the desk says of a remark.
type answerForm struct {
	Answer   string `form:"answer,max=1000"`
	Accepted bool   `form:"accepted"`
}

// deskRemark shows one remark. That its author's address was looked at is noted.
func (room *Room) deskRemark(w http.ResponseWriter, r *web.Request) error {
	return room.askAnswer(w, r, answerForm{}, nil)
}

// answerRemark settles a remark, and tells its author.
func (room *Room) answerRemark(w http.ResponseWriter, r *web.Request) error {
	var form answerForm
	err := r.Decode(&form)
	if err == nil {
		err = room.Directory.AnswerRemark(r.Context(), r.Who, r.PathValue("id"), form.Accepted, form.Answer)
	}
	if wrong, ok := r.Errors(err); ok {
		return room.askAnswer(w, r, form, wrong)
	}
	if err != nil {
		return err
	}
	done := "refused"
	if form.Accepted {
		done = "accepted"
	}
	return r.Redirect(w, deskHome+"?list="+string(directory.DeskRemarks)+"&done="+done)
}

func (room *Room) askAnswer(w http.ResponseWriter, r *web.Request, form answerForm, wrong ui.Errors) error {
	remark, err := room.Directory.OpenRemark(r.Context(), r.Who, r.PathValue("id"))
	if err != nil {
		return err
	}
	sheet, err := room.Directory.Sheet(r.Context(), remark.Place)
	if err != nil {
		return err
	}
	title := name(r, sheet.Place.Name)
	f := facts{r: r}
	f.add("directory.remark.kind", word(r, directory.GroupRemark, remark.Kind), "")
	f.add("directory.desk.code", remark.Code, "")
	f.add("directory.desk.when", r.Words.DateTime(remark.Made), "")
	page := &deskRemarkPage{
		ID: remark.ID, Open: remark.Settled.IsZero(), Words: remark.Words, Errors: ui.ErrorSummary{Words: r.Words, Errors: wrong},
		Desk: ui.Link{Href: deskPlaceAddress(remark.Place), Text: r.T("directory.desk.do"), Icon: "pencil"},
		See:  ui.Link{Href: "/places/" + remark.Place, Text: r.T("directory.keep.see"), Icon: "arrow-right"},
		Answer: ui.LongField{Label: ui.Label{Words: r.Words, Name: "answer", Label: r.T("directory.desk.answer"), Hint: r.T("directory.desk.answer-hint"), Error: wrong.For("answer"), Optional: true},
			Value: form.Answer, Rows: 3, Max: 1000},
		Accept: ui.Button{Text: r.T("directory.desk.accept"), Icon: "check", Main: true, Name: "accepted", Value: "yes"},
		Refuse: ui.Button{Text: r.T("directory.desk.refuse"), Icon: "x", Name: "accepted", Value: "no"},
	}
	if remark.Contact != "" {
		f.add("directory.desk.author", remark.Contact, "")
		page.Looked = r.T("directory.desk.looked")
	}
	if !page.Open {
		page.Settled = r.T("directory.desk.settled", "Date", r.Words.Date(remark.Settled))
	}
	page.Facts = f.list()
	page.Page = ui.Page{Title: r.T("directory.desk.remark", "Place", title), Private: true, Styles: keepStyles,
		Crumbs: []ui.Crumb{{Text: r.T("directory.desk.title"), Href: deskHome}, {Text: title}}}
	if len(wrong) > 0 {
		page.Status = http.StatusUnprocessableEntity
	}
	return r.Render(w, page)
}
