package hours

// Holidays are the days that are not like others. The zero value knows none.
type Holidays struct {
	Public []Period    // PH: public holidays
	School []Period    // SH: school holidays
	Except []Exception // a place's own closures and openings; they replace whatever the hours say; the last one wins
}

// Period is a row of days, both ends included, and what it is called.
type Period struct {
	From, To Date
	Name     string
}

func (p *Period) has(d Date) bool { return p.From <= d && d <= p.To }

// Exception is what holds on some days instead of the hours: closed when Spans is empty.
type Exception struct {
	Period
	Spans []Span
}

// With returns the holidays with further exceptions; h stays as it is.
func (h Holidays) With(exceptions ...Exception) Holidays {
	if len(exceptions) > 0 {
		h.Except = append(h.Except[:len(h.Except):len(h.Except)], exceptions...)
	}
	return h
}

// PublicDay is the public holiday on a day: its name and whether there is one.
func (h *Holidays) PublicDay(d Date) (string, bool) { return named(h.Public, d) }

// SchoolDay is the school holiday on a day: its name and whether there is one.
func (h *Holidays) SchoolDay(d Date) (string, bool) { return named(h.School, d) }

func named(periods []Period, d Date) (string, bool) {
	for i := range periods {
		if periods[i].has(d) {
			return periods[i].Name, true
		}
	}
	return "", false
}

func (h *Holidays) exception(d Date) *Exception {
	for i := len(h.Except) - 1; i >= 0; i-- {
		if h.Except[i].has(d) {
			return &h.Except[i]
		}
	}
	return nil
}
