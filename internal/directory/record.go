package directory

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Record is what every organisation, place and service carries beside its content: where it comes from, who says that
// it is true, and whether it is still there.
type Record struct {
	Source    Source
	Confirmed Confirmation
	Gone      time.Time // when it closed for good; zero: it is there
	Changed   time.Time // when it was last changed here
	// Print is what the source last said, as a fingerprint: the same file read again changes nothing. Empty when the
	// record was entered here.
	Print string
}

// Source is the register that a record came from.
type Source struct {
	Name    string    // the register ("Hinaura"); empty when the record was entered here
	ID      string    // the record's id there
	URL     string    // where it can be read there
	Updated time.Time // when it was last changed there; zero when nobody said
}

// Confirmation says who last found a record to be true, and when. Its zero value: nobody yet.
type Confirmation struct {
	By string // as it is shown; ByTeam: the place's own team, by the link in its letter
	At time.Time
}

// ByTeam stands for a place's own team as the one who confirmed its record. Pages say it in words.
const ByTeam = "team"

// IsGone reports whether the record has closed for good.
func (r Record) IsGone() bool { return !r.Gone.IsZero() }

// Checked is when the record was last known to be true: confirmed by its team, or changed at its source. Zero: never.
func (r Record) Checked() time.Time {
	if r.Confirmed.At.After(r.Source.Updated) {
		return r.Confirmed.At
	}
	return r.Source.Updated
}

// Freshness says how far a record can be trusted.
type Freshness string

// The states of freshness.
const (
	Fresh     Freshness = "fresh"      // known to be true not long ago
	ToConfirm Freshness = "to-confirm" // still trusted, but its team is asked whether it is right
	Stale     Freshness = "stale"      // nobody confirmed it within the territory's time
	Undated   Freshness = "undated"    // nobody ever said when it was true
)

// Freshness is the record's state at now in a territory where a record is trusted for so many months, and its team is
// asked after the first ones of them (0: only when they are over).
func (r Record) Freshness(now time.Time, ask, months int) Freshness {
	switch checked := r.Checked(); {
	case checked.IsZero():
		return Undated
	case checked.AddDate(0, months, 0).Before(now):
		return Stale
	case ask > 0 && checked.AddDate(0, ask, 0).Before(now):
		return ToConfirm
	default:
		return Fresh
	}
}

// Said is something that a source says and our vocabulary does not have, in the source's own words.
type Said struct {
	Field string `json:"field"` // the source's name for it
	Text  string `json:"text"`
}

// fingerprint is the print of what a source says of a record: its fields in a fixed order.
func fingerprint(content ...any) string {
	sum := sha256.New()
	write := json.NewEncoder(sum)
	for _, c := range content {
		if err := write.Encode(c); err != nil {
			panic(err) // our own types: a programming fault
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
