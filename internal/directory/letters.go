package directory

import (
	"slices"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/notify"
	"parvis/internal/problem"
)

// The kinds of letters to a place's team.
const (
	letterAsk   = "ask"   // is it still right?
	letterLink  = "link"  // the link that somebody asked for
	letterMoved = "moved" // to the address that letters went to before
)

// writeLink writes a letter with a new link to a place's team. A team without an address is a Conflict.
func (d *Directory) writeLink(tx *db.Tx, p *Place, kind string) error {
	to, err := addressOf(tx, p.ID)
	if err != nil {
		return err
	}
	if to == "" {
		return problem.New(problem.Conflict, "directory.desk.no-mail")
	}
	words, err := d.letterWords(tx, p.ID)
	if err != nil {
		return err
	}
	token, expires := newLinkToken(), tx.Now().Add(linkServes)
	if err := addLink(tx, token, p.ID, to, words.Lang(), expires); err != nil {
		return err
	}
	page := d.setting.Origin + "/keep/" + token
	args := []any{
		"Place", d.nameIn(words, p.Name), "House", d.nameIn(words, d.setting.House), "Phone", d.setting.Phone, "Record", d.recordText(words, p),
		"Link", page + "?hl=" + words.Lang(), "Stop", page + "/stop?hl=" + words.Lang(), "Until", words.Date(expires),
		"Standing", d.standingText(words, p),
	}
	_, err = notify.Write(tx, notify.Message{
		To: to, Lang: words.Lang(), Kind: "record." + kind, Secret: true, Expires: db.At(expires),
		Subject: heading(words.T("directory.letter."+kind+"-subject", args...)), Text: words.T("directory.letter."+kind+"-text", args...),
	})
	return err
}

// tellMoved tells the address that letters went to that they go elsewhere now: whoever did not want that can say so.
func (d *Directory) tellMoved(tx *db.Tx, l Link) error {
	places, err := placesByID(tx, []string{l.Place})
	if err != nil {
		return err
	}
	words, err := d.letterWords(tx, l.Place)
	if err != nil {
		return err
	}
	args := []any{"Place", d.nameIn(words, places[0].Name), "House", d.nameIn(words, d.setting.House), "Phone", d.setting.Phone,
		"Page", d.setting.Origin + "/places/" + l.Place + "?hl=" + words.Lang()}
	_, err = notify.Write(tx, notify.Message{
		To: l.mail, Lang: words.Lang(), Kind: "record." + letterMoved,
		Subject: heading(words.T("directory.letter.moved-subject", args...)), Text: words.T("directory.letter.moved-text", args...),
	})
	return err
}

// letterWords are the words of letters to a place's team: in the language that it reads, else the territory's first.
func (d *Directory) letterWords(tx *db.Tx, place string) (*i18n.Printer, error) {
	k, err := keeperOf(tx, place)
	if err != nil {
		return nil, err
	}
	if words := d.words.printers[k.lang]; words != nil && slices.Contains(d.setting.Languages, k.lang) {
		return words, nil
	}
	return d.words.printers[d.setting.Languages[0]], nil
}

func (d *Directory) nameIn(words *i18n.Printer, t i18n.Text) string {
	return t.In(words.Lang(), d.setting.Languages...)
}

// standingText says since when nobody has said that a record is true.
func (d *Directory) standingText(words *i18n.Printer, p *Place) string {
	switch at := p.Checked(); d.Freshness(p.Record) {
	case Undated:
		return words.T("directory.letter.never")
	case Stale:
		return words.T("directory.letter.stale", "Date", words.Date(at))
	case Fresh, ToConfirm:
		return words.T("directory.letter.since", "Date", words.Date(at))
	}
	return ""
}

// recordText is what everybody reads of a place now, as lines of a letter.
func (d *Directory) recordText(words *i18n.Printer, p *Place) string {
	lines := nonEmpty(d.nameIn(words, p.Name), p.Address.Line(d.setting.Country == "CN"))
	if week := d.weekText(words, p.Hours); len(week) > 0 {
		lines = append(append(lines, ""), week...)
	}
	var reach []string
	for _, phone := range p.Contact.Phones {
		text := phone.Show(d.setting.Country)
		if phone.Note != "" {
			text += " (" + phone.Note + ")"
		}
		reach = append(reach, text)
	}
	if len(reach) > 0 {
		lines = append(append(lines, ""), reach...)
	}
	return strings.Join(lines, "\n")
}

// weekText are opening hours, a line a day.
func (d *Directory) weekText(words *i18n.Printer, h Hours) []string {
	days, weekly := daysOf(h)
	if h.Given == "" {
		return nil
	}
	if !weekly {
		return d.nextText(words, h)
	}
	var lines []string
	for i, text := range days {
		spans, _ := readTimes(text) // our own writing
		says := timesText(words, spans)
		if says == "" {
			says = words.T("directory.letter.closed")
		}
		weekday := words.Sentence(words.Weekday((someMonday + hours.Date(i)).Weekday()))
		lines = append(lines, words.T("directory.letter.day", "Day", weekday, "Times", says))
	}
	if remark := remarkOf(h); remark != "" {
		lines = append(lines, words.Sentence(remark))
	}
	return lines
}

// How far a letter looks for the next days of hours that differ from week to week, and how many it tells.
const (
	daysLooked = 62
	daysTold   = 7
)

// nextText are the next days on which hours that differ from week to week are open. Hours that only people can read stay
// as they were given.
func (d *Directory) nextText(words *i18n.Printer, h Hours) []string {
	schedule, _ := h.Schedule()
	lines := []string{words.T("directory.letter.next")}
	today := hours.DateOf(d.Now())
	for date := today; date < today+daysLooked && len(lines) <= daysTold; date++ {
		day := schedule.Day(date, d.setting.Holidays)
		if day.Closed() {
			continue
		}
		name := words.Sentence(words.WeekdayDate(date.In(words.Zone())))
		lines = append(lines, words.T("directory.letter.day", "Day", name, "Times", timesText(words, day.Spans)))
	}
	if len(lines) == 1 {
		return []string{h.Given}
	}
	return lines
}

// timesText are the times of a day.
func timesText(words *i18n.Printer, spans []hours.Span) string {
	times := make([]string, len(spans))
	for i, s := range spans {
		times[i] = words.ClockRange(s.From, s.To)
	}
	return strings.Join(times, ", ")
}

// writtenAnew is how long a team waits for a letter before another one goes, when it asks for one itself.
const writtenAnew = time.Hour
