package directory

import (
	"testing"

	"parvis/internal/problem"
)

func TestPhoneIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, country, number, home, abroad string }{
		{"03 20 12 34 56", "FR", "+33320123456", "03 20 12 34 56", "+33 3 20 12 34 56"},
		{"03.20.12.34.56", "FR", "+33320123456", "03 20 12 34 56", "+33 3 20 12 34 56"},
		{"+33320123456", "VN", "+33320123456", "+33 3 20 12 34 56", "+33 3 20 12 34 56"},
		{"0033 (0)3 20 12 34 56", "FR", "+33320123456", "03 20 12 34 56", "+33 3 20 12 34 56"},
		{"3939", "FR", "3939", "3939", "3939"},
		{"0236 3 123 456", "VN", "+842363123456", "0236 3123 456", "+84 236 3123 456"},
		{"021 335 92 30", "RO", "+40213359230", "021 335 9230", "+40 21 335 9230"},
		{"021-6247 1234", "CN", "+862162471234", "021 6247 1234", "+86 21 6247 1234"},
		{"03 20 12 34 56 (le matin)", "FR", "+33320123456", "03 20 12 34 56", "+33 3 20 12 34 56"},
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
	for _, text := range []string{"", "12", "voir affichage", "+33", "99 99 99 99 99 99 99", "(le matin)", "03 20 12 34 5"} {
		if phone, ok := ParsePhone(text, "FR"); ok {
			t.Errorf("%q passes for the number %+v", text, phone)
		}
	}
	if phone, _ := ParsePhone("03 20 12 34 56 (le matin)", "FR"); phone.Note != "le matin" {
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
		Phones: []Phone{{Number: "03 20 12 34 56"}, {Number: "+33320123456"}, {Number: "none"}},
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
