package directory

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"parvis/internal/problem"
)

// Contact is how to reach somebody.
type Contact struct {
	Phones []Phone  `json:"phones,omitempty"`
	Mails  []string `json:"mails,omitempty"`
	Sites  []string `json:"sites,omitempty"`
}

// Phone is a phone number.
type Phone struct {
	Number string `json:"number"`         // "+33353010012"; a short number that works in its country only as it is dialled ("3939")
	Note   string `json:"note,omitempty"` // whom it reaches, or when
}

// ParsePhone reads a number as people write it, of a country (ISO 3166, two letters) unless it says another. False when
// it can be no number of that country.
func ParsePhone(text, country string) (Phone, bool) {
	number, note := strings.TrimSpace(text), ""
	if before, after, ok := strings.Cut(number, "("); ok && strings.HasSuffix(after, ")") && strings.TrimSpace(before) != "" &&
		strings.ContainsFunc(after, isLetter) {
		number, note = before, oneLine(strings.TrimSuffix(after, ")"))
	}
	parsed, err := phonenumbers.Parse(number, country)
	if err != nil {
		return Phone{}, false
	}
	if phonenumbers.IsValidNumber(parsed) {
		return Phone{Number: phonenumbers.Format(parsed, phonenumbers.E164), Note: note}, true
	}
	if phonenumbers.IsValidShortNumberForRegion(parsed, country) {
		return Phone{Number: phonenumbers.GetNationalSignificantNumber(parsed), Note: note}, true
	}
	return Phone{}, false
}

// Show writes the number as it is written in its country, for a reader in country: "03 53 01 00 12" at home,
// "+33 3 53 01 00 12" elsewhere.
func (p Phone) Show(country string) string {
	parsed, err := phonenumbers.Parse(p.Number, country)
	if err != nil || !strings.HasPrefix(p.Number, "+") {
		return p.Number
	}
	if int(parsed.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(country) {
		return phonenumbers.Format(parsed, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

// Link is the number for a link that dials ("tel:+33353010012").
func (p Phone) Link() string { return "tel:" + p.Number }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 }

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// clean puts a contact's values into their one form, each once.
func (c *Contact) clean(wrong *problem.Fields, country string) {
	var kept Contact
	for _, p := range c.Phones {
		phone, ok := ParsePhone(p.Number, country)
		if !ok {
			wrong.Add("phones", "directory.wrong.phone", "Value", p.Number, "Example", phoneExample(country))
			continue
		}
		if p.Note != "" {
			phone.Note = oneLine(p.Note)
		}
		if !slices.ContainsFunc(kept.Phones, func(k Phone) bool { return k.Number == phone.Number }) {
			kept.Phones = append(kept.Phones, phone)
		}
	}
	for _, m := range c.Mails {
		if address, ok := ParseMail(m); !ok {
			wrong.Add("mails", "directory.wrong.mail", "Value", m)
		} else if !slices.Contains(kept.Mails, address) {
			kept.Mails = append(kept.Mails, address)
		}
	}
	for _, s := range c.Sites {
		if site := cleanSite(wrong, "sites", s); site != "" && !slices.Contains(kept.Sites, site) {
			kept.Sites = append(kept.Sites, site)
		}
	}
	*c = kept
}

// ParseMail reads a mail address; its domain is put into small letters. False when it can be none.
func ParseMail(text string) (string, bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "mailto:")
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || len(text) > 254 {
		return "", false
	}
	at := strings.LastIndexByte(text, '@')
	domain := strings.ToLower(text[at+1:])
	if !strings.Contains(domain, ".") {
		return "", false
	}
	return text[:at+1] + domain, true
}

// ParseSite reads the address of a site, with or without its scheme. False when it can be none.
func ParseSite(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text, " \t\n<>\"") {
		return "", false
	}
	if !strings.Contains(text, "://") {
		text = "https://" + strings.TrimPrefix(text, "//")
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !strings.Contains(u.Hostname(), ".") {
		return "", false
	}
	u.Host = strings.ToLower(u.Host)
	return u.String(), true
}

func cleanSite(wrong *problem.Fields, field, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	site, ok := ParseSite(text)
	if !ok {
		wrong.Add(field, "directory.wrong.site", "Value", text)
	}
	return site
}
