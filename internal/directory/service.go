package directory

import (
	"slices"
	"strings"
	"time"

	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Service is something offered at a place: for which needs, to whom, through which door, at what cost.
type Service struct {
	ID        string
	Place     string
	Name      i18n.Text
	Details   i18n.Text
	Needs     []string // of GroupNeed
	Audiences []string // of GroupAudience; none means everyone
	Ways      []string // of GroupWay
	Entry     []string // of GroupEntry
	Fee       string   // of GroupFee
	FeeNote   i18n.Text
	Languages []string // spoken for this service; none means those of the place
	Hours     Hours    // of this service; none means those of the place
	Booking   string   // address where an appointment is taken
	Capacity  Capacity
	Record
}

// Capacity is how many places are left, said by the service and true until a moment only.
type Capacity struct {
	Left  int
	Said  time.Time // zero: nobody said
	Until time.Time // after it, nobody knows; zero: the service never said how long
}

// At is how many places are left at now; false when nobody knows.
func (c Capacity) At(now time.Time) (left int, known bool) {
	if c.Said.IsZero() || c.Until.IsZero() || !now.Before(c.Until) {
		return 0, false
	}
	return c.Left, true
}

// Clean puts a service's values into their one form, and tells by field what cannot be used.
func (s *Service) Clean() error {
	var wrong problem.Fields
	s.Name, s.Details, s.FeeNote = cleanText(s.Name), cleanText(s.Details), cleanText(s.FeeNote)
	needID(&wrong, s.ID)
	needName(&wrong, s.Name)
	if s.Place == "" {
		wrong.Add("place", "directory.wrong.empty")
	}
	s.Needs = cleanCodes(&wrong, GroupNeed, s.Needs)
	s.Audiences = cleanCodes(&wrong, GroupAudience, s.Audiences)
	if slices.Contains(s.Audiences, AudienceEveryone) {
		s.Audiences = nil // nobody is left out, so nobody is named
	}
	s.Ways = cleanCodes(&wrong, GroupWay, s.Ways)
	s.Entry = cleanCodes(&wrong, GroupEntry, s.Entry)
	if s.Fee == "" {
		s.Fee = FeeUnknown
	}
	checkCode(&wrong, GroupFee, s.Fee)
	s.Languages = cleanLanguages(&wrong, s.Languages)
	s.Booking = cleanSite(&wrong, "booking", s.Booking)
	s.Hours.clean()
	if s.Capacity.Left < 0 {
		wrong.Add("capacity", "directory.wrong.number", "Value", s.Capacity.Left)
	}
	return wrong.Err()
}

// For reports whether the service is meant for an audience, by name or because it is meant for everyone.
func (s *Service) For(audience string) bool {
	return len(s.Audiences) == 0 || slices.Contains(s.Audiences, audience)
}

// said is the content that a source answers for.
func (s *Service) said() []any {
	return []any{s.ID, s.Place, s.Name, s.Details, s.Needs, s.Audiences, s.Ways, s.Entry, s.Fee, s.FeeNote, s.Languages,
		s.Hours, s.Booking, s.Capacity.Left, s.Capacity.Until.UTC().Format(time.RFC3339), sourceSaid(s.Source)}
}

func cleanCodes(wrong *problem.Fields, g Group, codes []string) []string {
	var kept []string
	for _, code := range codes {
		code = strings.TrimSpace(code)
		switch {
		case code == "" || slices.Contains(kept, code):
		case Known(g, code):
			kept = append(kept, code)
		default:
			wrong.Add(string(g), "directory.wrong.code", "Value", code)
		}
	}
	return inOrder(g, kept)
}

func checkCode(wrong *problem.Fields, g Group, code string) {
	if !Known(g, code) {
		wrong.Add(string(g), "directory.wrong.code", "Value", code)
	}
}
