package directory

import (
	"testing"

	"parvis/internal/problem"
)

func TestPhoneIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, country, number, home, abroad string }{
		{"03 53 01 00 12", "FR", "+33353010012", "03 53 01 00 12", "+33 3 53 01 00 12"},
		{"03.53.01.00.12", "FR", "+33353010012", "03 53 01 00 12", "+33 3 53 01 00 12"},
		{"+33353010012", "VN", "+33353010012", "+33 3 53 01 00 12", "+33 3 53 01 00 12"},
		{"0033 (0)3 53 01 00 12", "FR", "+33353010012", "03 53 01 00 12", "+33 3 53 01 00 12"},
		{"3939", "FR", "3939", "3939", "3939"},
		{"+33 3939", "FR", "3939", "3939", "3939"},
		{"0236 3 555 010", "VN", "+842363555010", "0236 3555 010", "+84 236 3555 010"},
		{"021 555 01 00", "RO", "+40215550100", "021 555 0100", "+40 21 555 0100"},
		{"021-5555 0100", "CN", "+862155550100", "021 5555 0100", "+86 21 5555 0100"},
		{"03 53 01 00 12 (le matin)", "FR", "+33353010012", "03 53 01 00 12", "+33 3 53 01 00 12"},
	} {
		phone, ok := ParsePhone(c.text, c.country)
		if !ok || phone.Number != c.number {
			t.Errorf("ParsePhone(%q, %s) = %+v, %v; want %s", c.text, c.country, phone, ok, c.number)
			continue
		}
		if got := phone.Show(c.country); got != c.home {
			t.Errorf("%s at home in %s: %q, want %q", c.number, c.country, got, c.home)
		}
		if got := phone.Show("DE"); got != c.abroad {
			t.Errorf("%s abroad: %q, want %q", c.number, got, c.abroad)
		}
		if phone.Link() != "tel:"+c.number {
			t.Errorf("link %q", phone.Link())
		}
	}
	for _, text := range []string{"", "12", "voir affichage", "+33", "99 99 99 99 99 99 99", "(le matin)", "03 53 01 00 1"} {
		if phone, ok := ParsePhone(text, "FR"); ok {
			t.Errorf("%q passes for the number %+v", text, phone)
		}
	}
	if phone, _ := ParsePhone("03 53 01 00 12 (le matin)", "FR"); phone.Note != "le matin" {
		t.Errorf("note %q", phone.Note)
	}
}

func TestMailAndSiteAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"contact@Example.ORG": "contact@example.org", " mailto:a.b+c@example.org ": "a.b+c@example.org",
		"Ana <ana@example.org>": "", "ana@example": "", "ana": "", "": "", "a@b@example.org": "", "ana@example.org, bo@example.org": "",
	} {
		if got, ok := ParseMail(text); got != want || ok != (want != "") {
			t.Errorf("ParseMail(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{
		"https://www.Example.org/a?b=c": "https://www.example.org/a?b=c", "www.example.org": "https://www.example.org",
		"//example.org/x": "https://example.org/x", "http://example.org": "http://example.org", "javascript:alert(1)": "",
		"example": "", "a site": "", "": "", "https://user:pass@example.org": "", "ftp://example.org": "",
	} {
		if got, ok := ParseSite(text); got != want || ok != (want != "") {
			t.Errorf("ParseSite(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
}

func TestContactKeepsEachWayOnceAndTellsTheWrongOnes(t *testing.T) {
	t.Parallel()
	var wrong problem.Fields
	c := Contact{
		Phones: []Phone{{Number: "03 53 01 00 12"}, {Number: "+33353010012"}, {Number: "none"}},
		Mails:  []string{"a@example.org", "a@EXAMPLE.org", "?"}, Sites: []string{"example.org", "https://example.org", "no site"},
	}
	c.clean(&wrong, "FR")
	if len(c.Phones) != 1 || len(c.Mails) != 1 || len(c.Sites) != 1 {
		t.Errorf("kept %+v", c)
	}
	if len(wrong) != 3 || wrong[0].Name != "phones" || wrong[1].Name != "mails" || wrong[2].Name != "sites" {
		t.Errorf("told %v", wrong)
	}
}
