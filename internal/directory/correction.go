package directory

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Correction is a place's record as its own team reads and corrects it on one form. A field that is as CorrectionOf gives
// it leaves its part of the record untouched, whatever that part holds beyond the form.
type Correction struct {
	Days     [7]string // Monday first: the times of the day ("09:00-12:00, 14:00-17:00"); empty is closed
	Words    string    // hours that differ from week to week, in the team's words
	Phones   string    // one a line
	Mails    string
	Sites    string
	Bring    string // in Lang
	Services []ServiceCorrection
	Lang     string // the language of the team
}

// ServiceCorrection is what a team corrects of one service.
type ServiceCorrection struct {
	ID      string
	Fee     string // of GroupFee
	FeeNote string
	Entry   []string // of GroupEntry
}

// Sizes of what a team writes, in characters.
const (
	correctionText  = 1000
	correctionNote  = 200
	correctionLines = 6 // phones, addresses
)

// corrected is a record with what a form changed of it as it was shown. What it shows of other records stays theirs.
func (p Place) corrected(shown, now Place) Place {
	if shown.Hours != now.Hours {
		p.Hours = now.Hours
	}
	if !reflect.DeepEqual(shown.Bring, now.Bring) {
		p.Bring = now.Bring
	}
	if !slices.Equal(shown.Contact.Phones, now.Contact.Phones) {
		p.Contact.Phones = now.Contact.Phones
	}
	if !slices.Equal(shown.Contact.Mails, now.Contact.Mails) {
		p.Contact.Mails = now.Contact.Mails
	}
	if !slices.Equal(shown.Contact.Sites, now.Contact.Sites) {
		p.Contact.Sites = now.Contact.Sites
	}
	return p
}

// CorrectionOf is the form of a record as it stands. Texts are in lang, or in the nearest language that they have.
func (s Setting) CorrectionOf(p *Place, services []Service, lang string) Correction {
	c := Correction{Lang: lang, Bring: p.Bring[s.textLang(p.Bring, lang)]}
	if days, weekly := daysOf(p.Hours); weekly {
		c.Days = days
	} else {
		c.Words = p.Hours.Given
	}
	phones := make([]string, len(p.Contact.Phones))
	for i, phone := range p.Contact.Phones {
		phones[i] = phone.Show(s.Country)
		if phone.Note != "" {
			phones[i] += " (" + phone.Note + ")"
		}
	}
	c.Phones, c.Mails, c.Sites = asLines(phones), asLines(p.Contact.Mails), asLines(p.Contact.Sites)
	for i := range services {
		c.Services = append(c.Services, ServiceCorrection{
			ID: services[i].ID, Fee: services[i].Fee, FeeNote: services[i].FeeNote[s.textLang(services[i].FeeNote, lang)],
			Entry: services[i].Entry,
		})
	}
	return c
}

// Seen is a print of a form as it was shown: it tells whether the record has changed since.
func (c Correction) Seen() string { return fingerprint(c) }

// textLang is the language in which a text is read and corrected by whoever reads lang.
func (s Setting) textLang(t i18n.Text, lang string) string {
	if t[lang] != "" || len(t) == 0 {
		return lang
	}
	for _, other := range slices.Concat(s.Languages, i18n.Languages) {
		if t[other] != "" {
			return other
		}
	}
	return lang
}

func asLines(all []string) string { return strings.Join(all, "\n") }

func linesOf(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = oneLine(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// sameLines reports whether two texts hold the same lines, empty ones and outer spaces aside.
func sameLines(a, b string) bool { return slices.Equal(linesOf(a), linesOf(b)) }

// apply writes into a place and its services what the form says otherwise than the record, and tells by field what to
// change. It reports whether the place changed, and which services did. Place and services belong to the caller.
func (c *Correction) apply(s Setting, p *Place, services []Service) (placeChanged bool, changed []int, err error) {
	was := s.CorrectionOf(p, services, c.Lang)
	var wrong problem.Fields
	before := fingerprint(p.said()...)
	c.applyHours(&wrong, was, p)
	c.applyContact(&wrong, was, s.Country, p)
	if bring := clean(c.Bring); bring != clean(was.Bring) {
		if tooLong(&wrong, "bring", bring, correctionText) {
			p.Bring = withText(p.Bring, s.textLang(p.Bring, c.Lang), bring)
		}
	}
	for i := range c.Services {
		at := slices.IndexFunc(services, func(one Service) bool { return one.ID == c.Services[i].ID })
		if at < 0 {
			continue // it is no longer offered
		}
		if c.Services[i].apply(&wrong, s, was.Services[at], &services[at], c.Lang) {
			changed = append(changed, at)
		}
	}
	return fingerprint(p.said()...) != before, changed, wrong.Err()
}

func tooLong(wrong *problem.Fields, field, text string, most int) (fits bool) {
	if len([]rune(text)) > most {
		wrong.Add(field, "directory.keep.long", "Max", most)
		return false
	}
	return true
}

// withText is a text that says something else in one language, and the same in the others.
func withText(t i18n.Text, lang, says string) i18n.Text {
	other := i18n.Text{}
	for l, text := range t {
		other[l] = text
	}
	other[lang] = says
	return cleanText(other)
}

func (c *Correction) applyContact(wrong *problem.Fields, was Correction, country string, p *Place) {
	contact := Contact{}
	for _, one := range []struct {
		name, says, said string
		put, take        func()
	}{
		{"phones", c.Phones, was.Phones, func() {
			for _, line := range linesOf(c.Phones) {
				contact.Phones = append(contact.Phones, Phone{Number: line})
			}
		}, func() { p.Contact.Phones = contact.Phones }},
		{"mails", c.Mails, was.Mails, func() { contact.Mails = linesOf(c.Mails) }, func() { p.Contact.Mails = contact.Mails }},
		{"sites", c.Sites, was.Sites, func() { contact.Sites = linesOf(c.Sites) }, func() { p.Contact.Sites = contact.Sites }},
	} {
		if sameLines(one.says, one.said) {
			continue
		}
		if len(linesOf(one.says)) > max(correctionLines, len(linesOf(one.said))) {
			wrong.Add(one.name, "directory.keep.lines", "Max", correctionLines)
			continue
		}
		contact = Contact{}
		one.put()
		contact.clean(wrong, country)
		one.take()
	}
}

func (c *ServiceCorrection) apply(wrong *problem.Fields, s Setting, was ServiceCorrection, to *Service, lang string) (changed bool) {
	if c.Fee != was.Fee {
		if !Known(GroupFee, c.Fee) {
			wrong.Add(c.Field("fee"), "directory.wrong.code", "Value", c.Fee)
		} else {
			to.Fee, changed = c.Fee, true
		}
	}
	if note := oneLine(c.FeeNote); note != oneLine(was.FeeNote) && tooLong(wrong, c.Field("note"), note, correctionNote) {
		to.FeeNote, changed = withText(to.FeeNote, s.textLang(to.FeeNote, lang), note), true
	}
	if entry := inOrder(GroupEntry, known(GroupEntry, c.Entry)); !slices.Equal(entry, inOrder(GroupEntry, slices.Clone(was.Entry))) {
		to.Entry, changed = entry, true
	}
	return changed
}

// Field is the name that a form gives to one field of the service.
func (c *ServiceCorrection) Field(name string) string { return "s-" + c.ID + "-" + name }

// known are the codes of a vocabulary among some.
func known(g Group, codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return !Known(g, code) })
}

// applyHours takes the hours from where they were changed: the days, or the words.
func (c *Correction) applyHours(wrong *problem.Fields, was Correction, p *Place) {
	words := clean(c.Words)
	saysWords, saysDays := words != clean(was.Words), false
	var spans [7][]hours.Span
	for i, text := range c.Days {
		read, ok := readTimes(text)
		if !ok && oneLine(text) != was.Days[i] {
			wrong.Add(DayField(i), "directory.keep.times", "Value", oneLine(text))
		}
		spans[i] = read
		saysDays = saysDays || showTimes(read) != was.Days[i] || !ok
	}
	switch {
	case saysWords && saysDays && words != "":
		wrong.Add("words", "directory.keep.both")
	case saysWords && words != "":
		if tooLong(wrong, "words", words, correctionText) {
			p.Hours = ReadHours(words)
		}
	case saysDays:
		osm := weekOf(spans, remarkOf(p.Hours))
		if osm == "" && p.Hours.Given != "" {
			wrong.Add(DayField(0), "directory.keep.no-hours")
			return
		}
		p.Hours = ReadHours(osm + holidaysOf(p.Hours, osm))
	case saysWords:
		wrong.Add("words", "directory.keep.no-hours")
	}
}

// DayField is the name that a form gives to the times of a day, Monday being 0.
func DayField(day int) string { return "day-" + strconv.Itoa(day+1) }

var (
	timeWritten = regexp.MustCompile(`(\d{1,2})(?:\s*(?:[:.：hH]|giờ|点|點)\s*(\d{2})?)?`)
	timeBetween = regexp.MustCompile(`^(?:[\s\-–—~〜,;/、，；&+]|à|au?|et|de|to|and|from|și|si|la|până|pana|până la|đến|den|tới|và|va|từ|tu|至|到|和|分)*$`)
	closedWords = regexp.MustCompile(`(?i)^(?:[-–—/]|ferm[ée]e?|closed|[îi]nchis[ăa]?|đóng cửa|nghỉ|休息|关门|不开放)$`)
)

// readTimes reads the times of one day as people write them: "9h-12h et 14h-17h30", "09:00-12:00", "9-12". Closed, or
// nothing, is no time.
func readTimes(text string) ([]hours.Span, bool) {
	text = oneLine(text)
	if text == "" || closedWords.MatchString(text) {
		return nil, true
	}
	if !timeBetween.MatchString(strings.ToLower(timeWritten.ReplaceAllString(text, " "))) {
		return nil, false
	}
	var minutes []int
	for _, found := range timeWritten.FindAllStringSubmatch(text, -1) {
		hour, _ := strconv.Atoi(found[1])
		minute, _ := strconv.Atoi("0" + found[2])
		if hour > 24 || minute > 59 || hour == 24 && minute > 0 {
			return nil, false
		}
		minutes = append(minutes, hour*60+minute)
	}
	if len(minutes) == 0 || len(minutes)%2 != 0 {
		return nil, false
	}
	var spans []hours.Span
	for i := 0; i < len(minutes); i += 2 {
		from, to := minutes[i], minutes[i+1]
		if last := i+2 == len(minutes); to <= from && last && to <= 6*60 { // an end in the small hours is of the next day
			to += 24 * 60
		}
		if to <= from || i > 0 && from < minutes[i-1] {
			return nil, false
		}
		spans = append(spans, hours.Span{From: from, To: to})
	}
	return spans, true
}

// showTimes writes times as readTimes reads them.
func showTimes(spans []hours.Span) string {
	all := make([]string, len(spans))
	for i, s := range spans {
		all[i] = wallClock(s.From) + "-" + wallClock(s.To)
	}
	return strings.Join(all, ", ")
}

func wallClock(minute int) string {
	if minute > 24*60 {
		minute -= 24 * 60
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}
