package directory

import (
	"strings"
	"time"
	"unicode/utf8"

	"parvis/internal/problem"
)

// RemarkMax is how many characters a remark may have.
const RemarkMax = 1000

// Remark is what anybody says is wrong with a place's record. It needs no account.
type Remark struct {
	ID       string
	Code     string // the number given to the person, to be read aloud
	Place    string
	Kind     string // of GroupRemark
	Words    string // what it should say; at most RemarkMax characters
	Contact  string // a mail address or phone number, if the person may be asked back; empty when not
	Language string // the person's, for the answer
	Made     time.Time
	Settled  time.Time // when somebody had checked it; zero: nobody yet
	By       string    // the account that settled it
	Answer   string    // what was done
	Erased   bool      // words and contact are gone, as promised
}

// How long a remark's words and contact are kept.
const (
	remarkKept        = 12 // months after it was made, settled or not
	remarkKeptSettled = 3  // months after it was settled
)

// RemarkMonths is the promise made beside the form: after so many months words and contact are erased.
const RemarkMonths = remarkKept

// Clean puts a remark's values into their one form, and tells by field what to change. A phone number without a
// country code is of country.
func (r *Remark) Clean(country string) error {
	var wrong problem.Fields
	r.Words, r.Contact = clean(r.Words), oneLine(r.Contact)
	if !Known(GroupRemark, r.Kind) {
		wrong.Add("kind", "directory.remark.kind-missing")
	}
	switch n := utf8.RuneCountInString(r.Words); {
	case n > RemarkMax:
		wrong.Add("words", "directory.remark.words-long", "Max", RemarkMax)
	case n == 0 && r.Kind != "closed": // "it has closed for good" says it all
		wrong.Add("words", "directory.remark.words-missing")
	}
	if r.Contact != "" {
		if address, ok := ParseMail(r.Contact); ok {
			r.Contact = address
		} else if phone, ok := ParsePhone(r.Contact, country); ok {
			r.Contact = phone.Number
		} else {
			wrong.Add("contact", "directory.remark.contact-wrong")
		}
	}
	r.Language = strings.ToLower(oneLine(r.Language))
	return wrong.Err()
}

// EraseAfter is when a remark's words and contact are erased.
func (r *Remark) EraseAfter() time.Time {
	last := r.Made.AddDate(0, remarkKept, 0)
	if r.Settled.IsZero() {
		return last
	}
	if settled := r.Settled.AddDate(0, remarkKeptSettled, 0); settled.Before(last) {
		return settled
	}
	return last
}
