package directoryweb

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// said is a text in the person's language, or in the nearest that there is; lang is set when it is another one.
func said(r *web.Request, text i18n.Text) (words, lang string) {
	if words = text[r.Words.Lang()]; words != "" || len(text) == 0 {
		return words, ""
	}
	for _, other := range slices.Concat(r.Territory.Languages, i18n.Languages) {
		if words = text[other]; words != "" {
			return words, other
		}
	}
	return "", ""
}

// name is a text whose language does not matter to the page.
func name(r *web.Request, text i18n.Text) string {
	words, _ := said(r, text)
	return words
}

// word is a code of a vocabulary in words; what the vocabulary does not know is shown as it is.
func word(r *web.Request, group directory.Group, code string) string {
	if !directory.Known(group, code) {
		return code
	}
	return r.T(directory.Key(group, code))
}

// until is a coming instant after "until": "14:00", "tomorrow at 9:00".
func until(words *i18n.Printer, t, now time.Time) string {
	if sameDay(words, t, now) {
		return words.T("directory.until-today", "Time", words.Time(t))
	}
	return words.T("directory.moment", "Day", words.Day(t, now), "Time", words.Time(t))
}

// next is a coming instant after "opens": "at 14:00", "tomorrow at 9:00", "Monday at 9:00".
func next(words *i18n.Printer, t, now time.Time) string {
	if sameDay(words, t, now) {
		return words.T("directory.moment-today", "Time", words.Time(t))
	}
	return until(words, t, now)
}

func sameDay(words *i18n.Printer, a, b time.Time) bool {
	a, b = a.In(words.Zone()), b.In(words.Zone())
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

// stateChip says whether a place is open, and until when or when next.
func stateChip(words *i18n.Printer, s directory.State, now time.Time) ui.Chip {
	chip := ui.Chip{Icon: "clock"}
	switch {
	case s.Open && s.Always:
		chip.Tone, chip.Text = ui.Good, words.T("directory.place.open-always")
	case s.Open && !s.Until.IsZero():
		chip.Tone, chip.Text = ui.Good, words.T("directory.place.open-until", "Until", until(words, s.Until, now))
	case s.Open:
		chip.Tone, chip.Text = ui.Good, words.T("directory.place.open")
	case s.Known && !s.Next.IsZero():
		chip.Text = words.T("directory.place.closed-next", "Next", next(words, s.Next, now))
	case s.Known:
		chip.Text = words.T("directory.place.closed")
	default:
		chip.Tone, chip.Text = ui.Wait, words.T("directory.place.hours-unknown")
	}
	return chip
}

// feeTone is the colour of what a service costs.
func feeTone(fee string) ui.Tone {
	if fee == directory.FeeFree {
		return ui.Good
	}
	return ui.Plain
}

// needIcons are the pictograms of needs; a need that has none gets the general one.
var needIcons = map[string]string{
	"digital-first-steps": "mouse-pointer-click", "digital-everyday": "smartphone", "online-forms": "file-text",
	"internet-access": "wifi", "computer-access": "monitor", "digital-skills-work": "laptop", "digital-culture": "music",
	"e-identity": "id-card", "digital-signature": "signature", "online-payment": "credit-card", "civil-status": "id-card",
	"residence": "house", "marriage": "gem", "land": "sprout", "tax": "landmark", "transport": "bus",
	"social-rights": "hand-helping", "social-insurance": "shield-check", "merit-benefits": "medal", "money": "piggy-bank",
	"debt": "hand-coins", "health-insurance": "shield-check", "health": "stethoscope", "disability": "accessibility",
	"elder-care": "heart", "home-help": "house", "meals": "utensils", "nursing-home": "bed-single", "housing": "house",
	"energy-bills": "receipt", "food": "shopping-basket", "clothing": "shirt", "job": "briefcase",
	"training": "graduation-cap", "business-creation": "rocket", "childcare": "baby", "school": "school", "youth": "users",
	"family": "users", "violence": "life-buoy", "legal-help": "scale", "migration-language": "languages",
	"volunteering": "hand-helping", "culture-sport": "music", "environment": "leaf", "waste": "trash-2",
	"repair-reuse": "recycle", "solidarity-shop": "shopping-bag", "social-coop": "handshake",
	"responsible-purchasing": "badge-check", "complaints": "megaphone",
}

func needIcon(code string) string {
	if icon := needIcons[code]; icon != "" && ui.HasIcon(icon) {
		return icon
	}
	return "hand-helping"
}

// wayIcons are the pictograms of the five doors.
var wayIcons = map[string]string{
	directory.WayOnline: "monitor", directory.WayCounter: "store", directory.WayNearHome: "map-pin",
	directory.WayHome: "house", directory.WayPhone: "phone",
}

// directions leads a phone's map application to a point, and other machines to nothing that would be told of it.
func directions(p geo.Point) string {
	at := coordinate(p.Lat) + "," + coordinate(p.Lon)
	return "geo:" + at + "?q=" + at
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

// addressLine is an address as its country writes it.
func addressLine(r *web.Request, a directory.Address) string {
	return a.Line(r.Territory.Country == "CN")
}

// series writes several things as one sentence's list: only the first keeps its capital letter, names aside.
func series(r *web.Request, things []string) string {
	all := slices.Clone(things)
	for i := range all {
		if i > 0 {
			all[i] = small(all[i])
		}
	}
	return r.Words.List(all)
}

// small begins a text with a small letter, unless its first word has other capitals ("Wi-Fi").
func small(text string) string {
	word, _, _ := strings.Cut(text, " ")
	first, size := utf8.DecodeRuneInString(word)
	if strings.ContainsFunc(word[size:], unicode.IsUpper) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

// words are a vocabulary's codes in words.
func words(r *web.Request, group directory.Group, codes []string) []string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = word(r, group, code)
	}
	return all
}

func languages(r *web.Request, codes []string) string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = r.Words.LanguageName(code)
	}
	return r.Words.List(all)
}

// host is the readable part of a site's address.
func host(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	name, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(name, "www.")
}
